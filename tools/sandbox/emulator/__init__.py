"""The emulated AWS of the sandbox: ministack, with a Kubernetes control plane behind each EKS cluster."""
