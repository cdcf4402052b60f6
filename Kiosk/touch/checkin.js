import { get } from "../shared/api.js";

/**
 * One scan of a reservation's code makes its number; where it cannot, the reservation says why.
 *
 * @param {Pages.App} app
 * @param {string} code
 */
export async function checkIn(app, code) {
  const id = encodeURIComponent(code);
  const body = app.withPaper(app.withLanguage({}));
  /** @type {any} */
  let refused = null;
  const made = await app.during(/** @returns {Promise<{ ticket?: API.Ticket | null, reservation?: API.Reservation }>} */ async (press) => {
    try {
      return { ticket: await press.post(`/v1/reservations/${id}/check-in`, body) };
    } catch (refusal) {
      if (refusal.status !== 409 || refusal.code === "day_not_open") throw refusal;
      refused = refusal;
      return { reservation: await get(`/v1/reservations/${id}`) };
    }
  }, () => checkIn(app, code));
  if (!made) return;
  if (made.ticket) app.show(made.ticket.state === "waiting" ? "ticket" : "progress", { ticket: made.ticket });
  else if (made.reservation) app.show("reserved", { reservation: made.reservation, problem: { title: refused.title, detail: refused.detail } });
}
