/**
 * The environment that functions read when they load. Import it before a function; its tests then make a handler of their
 * own with `makeHandler` and never call one of these names.
 */
import { FUNCTION_VARIABLES } from './function-variables.ts';

Object.assign(process.env, FUNCTION_VARIABLES);
