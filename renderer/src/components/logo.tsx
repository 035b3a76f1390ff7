/** The logo: a clip dropping into a tray. The same drawing as resources/icon.svg. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path
        className="logo-tray"
        d="M3.5 12.5v4.6a3.4 3.4 0 0 0 3.4 3.4h10.2a3.4 3.4 0 0 0 3.4-3.4v-4.6"
      />
      <path
        className="logo-clip"
        d="M9.2 4.7c0-1 1.1-1.6 2-1.1l5.5 3.5c.8.5.8 1.7 0 2.2l-5.5 3.5c-.9.6-2 0-2-1.1z"
      />
    </svg>
  );
}
