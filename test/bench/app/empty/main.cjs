// The smallest possible Electron app in the tray: what it costs, any such app costs.
const { join } = require('node:path');
const { app, Menu, nativeImage, Tray } = require('electron');

let tray;

app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromPath(join(__dirname, 'idle.png')));
  tray.setToolTip('Empty tray');
  tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit', click: () => app.quit() }]));
});
// Without a listener Electron would quit with the last window.
app.on('window-all-closed', () => {});
