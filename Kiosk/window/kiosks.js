/**
 * What people call a kiosk (大门口取号机); its id where the hall has told no name.
 *
 * @param {Pages.Console} console
 * @param {string} id
 */
export function kioskName(console, id) {
  return (console.store.state.kiosk_names || {})[id] || id;
}
