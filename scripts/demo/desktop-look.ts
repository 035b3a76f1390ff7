/**
 * Files that make the virtual desktop look like one that somebody works on, by their path in the
 * home folder.
 */
export function desktopFiles(notificationRecorder: string): Record<string, string> {
  return {
    '.config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml': panel,
    '.config/openbox/rc.xml': windowManager,
    '.local/share/themes/Calm/openbox-3/themerc': windowFrames,
    '.config/gtk-3.0/settings.ini': '[Settings]\ngtk-font-name = Inter 10\n',
    '.config/dunst/dunstrc': notifications(notificationRecorder),
  };
}

/** Colours of the wallpaper, from top to bottom. */
export const wallpaper = ['#5b7a8c', '#2c3f4e'] as const;

/** One bar at the top: the open windows, the tray, the time. */
const panel = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="34"/>
      <property name="icon-size" type="uint" value="20"/>
      <property name="background-style" type="uint" value="1"/>
      <property name="background-rgba" type="array">
        <value type="double" value="0.15"/>
        <value type="double" value="0.16"/>
        <value type="double" value="0.17"/>
        <value type="double" value="1"/>
      </property>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
        <value type="int" value="4"/>
        <value type="int" value="5"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist">
      <property name="show-handle" type="bool" value="false"/>
      <property name="flat-buttons" type="bool" value="true"/>
    </property>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
    <property name="plugin-4" type="string" value="clock">
      <property name="digital-layout" type="uint" value="3"/>
      <property name="digital-time-format" type="string" value="%H:%M"/>
      <property name="digital-time-font" type="string" value="Inter 11"/>
    </property>
    <property name="plugin-5" type="string" value="separator">
      <property name="style" type="uint" value="0"/>
    </property>
  </property>
</channel>
`;

const font = (place: string) =>
  `<font place="${place}"><name>Inter</name><size>10</size><weight>Normal</weight></font>`;

/** Windows open in the middle; Alt+F4 closes them, as on most desktops. */
const windowManager = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <placement><policy>Smart</policy><center>yes</center></placement>
  <theme>
    <name>Calm</name>
    <titleLayout>NLIMC</titleLayout>
    <keepBorder>yes</keepBorder>
    ${font('ActiveWindow')}
    ${font('InactiveWindow')}
  </theme>
  <desktops><number>1</number></desktops>
  <keyboard>
    <keybind key="A-F4"><action name="Close"/></keybind>
  </keyboard>
  <mouse>
    <context name="Client">
      <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    </context>
  </mouse>
</openbox_config>
`;

/** Keys: http://openbox.org/wiki/Help:Themes */
const windowFrames = `border.width: 1
border.color: #1b232a
padding.width: 8
padding.height: 6
window.handle.width: 0
window.client.padding.width: 0
window.client.padding.height: 0
window.active.title.bg: flat solid
window.active.title.bg.color: #e8ebee
window.inactive.title.bg: flat solid
window.inactive.title.bg.color: #f3f4f6
window.active.title.separator.color: #d5dade
window.inactive.title.separator.color: #d5dade
window.*.label.bg: parentrelative
window.active.label.text.color: #252b31
window.inactive.label.text.color: #7c8791
window.active.button.*.bg: parentrelative
window.inactive.button.*.bg: parentrelative
window.active.button.*.image.color: #4b5560
window.inactive.button.*.image.color: #9aa4ad
window.label.text.justify: left
`;

/**
 * Repeats are stacked and never merged: a notification that comes twice must be seen twice. The
 * program in `recorder` runs for each notification.
 */
function notifications(recorder: string): string {
  return `[global]
monitor = 0
origin = top-right
offset = 20x54
width = 350
height = 200
notification_limit = 4
stack_duplicates = false
history_length = 200
font = Inter 11
format = "<span size='small' foreground='#6b7680'>%a</span>\\n<b>%s</b>\\n%b"
markup = full
padding = 14
horizontal_padding = 16
text_icon_padding = 12
frame_width = 1
gap_size = 8
corner_radius = 10
separator_height = 0
line_height = 3
alignment = left
vertical_alignment = center
show_indicators = false
icon_position = left
min_icon_size = 36
max_icon_size = 36
progress_bar = false
mouse_left_click = do_action, close_current

[urgency_low]
background = "#ffffff"
foreground = "#252b31"
frame_color = "#c9d0d6"
timeout = 8

[urgency_normal]
background = "#ffffff"
foreground = "#252b31"
frame_color = "#c9d0d6"
timeout = 30

[urgency_critical]
background = "#ffffff"
foreground = "#252b31"
frame_color = "#c2410c"
timeout = 0

[record]
summary = "*"
script = "${recorder}"
`;
}
