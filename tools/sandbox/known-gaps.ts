import { type Gaps } from '../kit/terraform/plan-differences';

/**
 * Attributes that the emulator doesn't give back as they were set, so that the second plan would change them, by type of resource:
 * `aws_thing: ['name']`. There are none since its plug-in gives back what it used to forget; a new one is better set right there.
 */
export const KNOWN_GAPS: Gaps = {};
