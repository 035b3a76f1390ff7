/// <reference types="vite/client" />
import type { Bridge } from '../../preload/contract';

declare global {
  interface Window {
    readonly cliptray: Bridge;
  }
}
