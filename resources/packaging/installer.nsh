; Ways into Cliptray from Windows' Explorer, for the user who installs it.

!define CLIPTRAY_SEND_TO "$SENDTO\Cliptray.lnk"
!define CLIPTRAY_PROGRAM "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"

; "Open with" offers Cliptray for a type, and nothing more: the type keeps the program it has. An
; association of electron-builder's would put itself in that program's place.
; https://learn.microsoft.com/en-us/windows/win32/shell/app-registration
!macro cliptrayOpensWith EXTENSION
  WriteRegStr SHELL_CONTEXT "${CLIPTRAY_PROGRAM}\SupportedTypes" ".${EXTENSION}" ""
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "${CLIPTRAY_PROGRAM}" "FriendlyAppName" "Cliptray"
  WriteRegStr SHELL_CONTEXT "${CLIPTRAY_PROGRAM}\shell\open\command" "" \
    '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" upload -- "%1"'
  !insertmacro cliptrayOpensWith mp4
  !insertmacro cliptrayOpensWith mov
  !insertmacro cliptrayOpensWith webm
  !insertmacro cliptrayOpensWith mkv
  !insertmacro cliptrayOpensWith avi
  !insertmacro cliptrayOpensWith m4v

  ; Whoever took it out of the menu does not get it back with an update.
  ${ifNot} ${isUpdated}
    CreateShortCut "${CLIPTRAY_SEND_TO}" "$INSTDIR\${APP_EXECUTABLE_FILENAME}" "upload --"
  ${endIf}
!macroend

!macro customUnInstall
  ${ifNot} ${isUpdated}
    Delete "${CLIPTRAY_SEND_TO}"
    DeleteRegKey SHELL_CONTEXT "${CLIPTRAY_PROGRAM}"
  ${endIf}
!macroend
