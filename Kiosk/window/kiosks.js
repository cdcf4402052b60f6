/** What people call a kiosk (大门口取号机); its id where the hall has told no name. */
export function kioskName(console, id) {
  return (console.store.state.kiosk_names || {})[id] || id;
}
