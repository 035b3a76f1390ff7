// Started by scripts/demo.mjs, which makes sure of all that this needs.
import { join } from 'node:path';
import { projectRoot } from '../lib/paths.mjs';
import { Report } from './report';
import { playTour } from './tour';

const keep = process.argv.includes('--keep');
const report = new Report(join(projectRoot, 'demo-output'));
const stay = async () => {};
void keep;
process.exitCode = (await playTour(report, stay)) ? 0 : 1;
