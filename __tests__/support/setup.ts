import { configureGlobal } from 'fast-check';

// No test may call home.
process.env.CHECKPOINT_DISABLE = '1';

// A change is judged by what it changes: all runs try the same values. Others are tried with another seed.
configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20261128) });
