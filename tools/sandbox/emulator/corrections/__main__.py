"""Prints the corrections as texts of issues for ministack's tracker."""

import inspect
import textwrap

from . import CORRECTIONS, MINISTACK

for correction in CORRECTIONS:
    title, _, text = inspect.cleandoc(correction.__doc__ or "").partition("\n\n")
    print(f"## {' '.join(title.split())}\n\nministack {MINISTACK}\n")
    for paragraph in text.split("\n\n"):
        print(textwrap.fill(" ".join(paragraph.split()), 100), end="\n\n")
