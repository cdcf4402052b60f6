import { agent } from "./agent.js";
import { browse } from "./browse.js";
import { bundle, bundles } from "./bundle.js";
import { caseState } from "./casestate.js";
import { consult } from "./consult.js";
import { department } from "./department.js";
import { home } from "./home.js";
import { idcard } from "./idcard.js";
import { item } from "./item.js";
import { lane } from "./lane.js";
import { lost } from "./lost.js";
import { notice } from "./notice.js";
import { noticeCode } from "./noticecode.js";
import { problem } from "./problem.js";
import { progress } from "./progress.js";
import { reopened } from "./reopened.js";
import { reserve } from "./reserve.js";
import { reserved } from "./reserved.js";
import { search } from "./search.js";
import { directory } from "./station.js";
import { stopped } from "./stopped.js";
import { take } from "./take.js";
import { ticket } from "./ticket.js";
import { trip } from "./trip.js";
import { unprinted } from "./unprinted.js";

/**
 * The screens of the touch page by their names, as `App.show` takes them.
 *
 * @type {Record<string, (app: Pages.App, values: any) => Pages.Screen>}
 */
export const screens = {
  home, take, lane, browse, department, directory, search, item, ticket, notice, consult, problem, idcard,
  agent, progress, noticeCode, reopened, lost, stopped, bundles, bundle, reserve, reserved, caseState, trip, unprinted,
};
