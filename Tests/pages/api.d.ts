// Made of docs/openapi.yaml by make-types.py; `make lint` says when it is not up to date.

declare namespace API {
  /** RFC 9457 problem details; `code` is stable. */
  type Problem = {
    type: string;
    status: number;
    code: "bad_request" | "bad_json" | "bad_field" | "unknown_field" | "bad_encoding" | "duplicate_field" | "host_unclear" | "head_too_large" | "request_too_slow" | "key_needed" | "bad_key" | "bad_lane" | "target_needed" | "bad_priority_reason" | "bad_number" | "same_number" | "bad_screen_name" | "bad_situations" | "bad_call" | "bad_reading" | "ticket_needed" | "too_many_marks" | "query_too_long" | "sign_in_first" | "wrong_badge_or_secret" | "board_link_needed" | "page_needed" | "not_allowed" | "staff_only" | "coordinator_only" | "change_secret_first" | "role_needed" | "not_your_window" | "wrong_link" | "wrong_page_secret" | "wrong_secret" | "weak_secret" | "weak_pin" | "pin_ended" | "pin_for_clerks" | "slip_needed" | "cross_site" | "not_found" | "not_printed" | "unknown_ticket" | "unknown_window" | "unknown_help" | "unknown_emergency" | "unknown_slip" | "unknown_notice" | "unknown_bundle" | "cannot_speak" | "method_not_allowed" | "journal_not_accepted" | "day_not_open" | "day_already_open" | "date_behind_journal" | "date_implausible" | "tickets_in_service" | "format_not_raised" | "hall_closed" | "past_cut_off" | "lane_stopped" | "lane_paused" | "session_past" | "session_overlaps" | "session_too_far" | "too_many_frequent" | "bad_publicity" | "no_queue" | "lane_does_not_fit" | "no_window_for_lane" | "lane_not_served_here" | "done_elsewhere" | "numbers_exhausted" | "numbers_kept_for_staff" | "holder_has_ticket" | "card_forgotten" | "agent_holds_enough" | "no_card_reader" | "window_taken" | "window_not_open" | "window_paused" | "window_busy" | "window_empty" | "serving_unnumbered" | "badge_at_other_window" | "call_needs_reason" | "different_days" | "not_called" | "called_later" | "priority_not_for_agents" | "trip_has_ticket" | "already_reserved" | "bad_contact" | "bad_date" | "bad_time" | "date_not_offered" | "phone_closed" | "reservation_arrived" | "reservation_cancelled" | "reservation_cancelled_by_hall" | "reservation_lapsed" | "reservation_over" | "reservations_off" | "slot_full" | "slot_too_near" | "too_early" | "too_many_reservations" | "unknown_reservation" | "unknown_slot" | "nobody_waiting" | "nothing_to_undo" | "transfer_to_itself" | "no_open_window" | "transfer_needs_words" | "call_limit_reached" | "check_in_limit_reached" | "ticket_waiting" | "ticket_called" | "ticket_serving" | "ticket_suspended" | "ticket_missed" | "ticket_finished" | "ticket_abandoned" | "ticket_closed" | "help_busy" | "slip_on_its_way" | "no_printer" | "stale_attempt" | "kiosk_held" | "too_many_boards" | "body_too_large" | "not_json" | "wrong_host" | "unknown_item" | "unknown_lane" | "unknown_kiosk" | "unknown_situation" | "unknown_material" | "unknown_question" | "date_too_far" | "unknown_badge" | "not_your_report" | "badge_revoked" | "secret_needed" | "bad_note" | "bad_table" | "too_many_items" | "lane_needed" | "bad_reason" | "key_reused" | "too_fast" | "try_later" | "storage_full" | "storage_fault" | "journal_cut_off" | "journal_behind" | "internal_fault" | "busy" | "reconciling_prints" | "too_many_screens" | "stopping" | "not_training" | "training" | "unknown_case" | "agency_incomplete" | "agency_is" | "agency_originals_open" | "agent_only" | "already_asked" | "asked_by_agent" | "bad_agency_date" | "bad_agency_text" | "bad_batch" | "bad_originals" | "bad_station_paper" | "hand_over_unproven" | "must_be_in_person" | "no_such_agent" | "not_own_agency" | "paper_known" | "signature_needed" | "too_many_agencies" | "unknown_agency" | "unknown_task" | "paper_not_approved" | "nothing_to_list" | "no_time_limit" | "bad_month" | "journal_not_read" | "bad_consult_text" | "bad_task_date" | "not_your_task" | "too_many_tasks" | "applicant_gone" | "case_is" | "item_needs_answers" | "material_not_listed" | "shared_material" | "ask_needed" | "reason_needed" | "second_badge_needed" | "second_notice" | "told_too_late" | "not_told" | "papers_missing" | "no_approver" | "not_approver" | "own_proposal" | "nothing_proposed" | "owed" | "paused" | "not_paused" | "stage_not_excluded" | "bad_case_date" | "already_extended" | "bad_extension" | "originals_open" | "no_such_originals" | "not_entrusted" | "not_served_here" | "proxy_needed" | "bad_case_text" | "too_many_cases" | "cannot_seal" | "not_at_work" | "too_late_to_undo" | "not_overdue" | "bad_correction" | "unknown_paper" | "bad_list" | "bad_applicant" | "no_leases" | "leases_exhausted" | "number_not_leased" | "number_given_before" | "no_leased_numbers";
    title: string;
    detail: string;
    next_opening?: string;
    number?: string;
    /** With holder_has_ticket, the code of the ticket; `number` is its number. */
    ticket?: string;
    /** The field of the same request that, set true, asks for it all the same; absent where nobody may insist. */
    insist?: "confirm" | "force" | "insist";
    /** With done_elsewhere, the item that is not done here; likewise the fields below. */
    item?: string;
    elsewhere?: ElsewhereKind;
    place?: string;
    address?: string;
    hours?: string;
    phone?: string;
  };

  type SlipView = {
    id: string;
    state: "queued" | "printing" | "printed" | "sent" | "not_sent" | "unknown" | "expired";
    /** What the paper does, in the ways in which that matters to people. */
    paper: "coming" | "out" | "asked" | "failed";
    /** From when on a console marks the ticket 未出票; null when its resident has the slip, or answered for it. */
    missing_from: string | null;
    attempt: number;
    acknowledged: boolean;
    /** E0 bytes accepted, E1 the printer's own job state, E2 status after the cut, E3 echo. */
    evidence: string | null;
    /** Until when an unknown outcome is the resident's question alone; null when nothing is unanswered. */
    asked_until: string | null;
  };

  type Slip = SlipView | null;

  type Ticket = {
    is: "ticket";
    /** Twelve characters of Crockford base 32, the last a check character. */
    id: string;
    number: string;
    lane: string;
    business_day: string;
    state: "waiting" | "called" | "serving" | "suspended" | "missed" | "finished" | "abandoned" | "closed";
    ahead: number;
    /** The list of a console that it stands in; null once it stands in none. */
    list: "window" | "suspended" | "missed" | "own" | "waiting" | null;
    /** The number in front of it in its list (of its lane, while it waits); null at the head. */
    behind: string | null;
    /** How long it is likely to wait yet, in hall time, for four of five tickets. 0 to 0 is a free window. Null when nothing honest can be said, or it does not wait. */
    wait_minutes: {
      from: number;
      to: number;
    } | null;
    /** The break of the hall that this wait meets, as times of the day; it is not part of the wait. Null for none. */
    wait_break: {
      from: string;
      to: string;
    } | null;
    issued_at: string;
    window: number | null;
    windows: number[];
    items: Array<{
      code: string;
      name: string;
    }>;
    catalogue_version: string;
    priority: boolean;
    reserved: Reserved;
    /** 应急号, given while its kiosk was cut off from the hall's journal, or on a slip that was printed beforehand. */
    leased: boolean;
    kiosk: string | null;
    calls: number;
    called_at: string | null;
    serving_at: string | null;
    first_asked: string | null;
    /** The one window that calls it, while it waits for that one; its list is then `own`. */
    own_window: number | null;
    transfers: number;
    /** The last transfer, until the receiver says 到达; else null. */
    transfer: Transfer | null;
    /** What is really done for it, where that differs from `items`; else null. */
    served_items: ItemName[] | null;
    /** The lanes that it visits after this one without a new number. */
    stops: Array<{
      letter: string;
      name: string;
      windows: number[];
      open_windows: number[];
    }>;
    slip: Slip;
    /** The window after the step; only in answers of a window's verbs. */
    window_now?: Window;
  };

  type ItemName = {
    code: string;
    name: string;
  };

  type Transfer = {
    at: string;
    /** The window that sent it. */
    from: number;
    by: string | null;
    lane: string | null;
    window: number | null;
    reason: "wrong_window" | "needs_department" | "language" | "police" | "other" | "words";
    words: string | null;
    /** It was sent on three times or more, and the coordinator is told. */
    told: boolean;
  };

  /** 约: the slot that the ticket was reserved for; null for any other ticket. */
  type Reserved = {
    from: string;
    /** When its holder came; somebody late waits like everybody. */
    timing: "early" | "on_time" | "late" | "owed";
    /** It is called only while nobody else of its lane waits, until the slot begins. */
    waits_for_slot: boolean;
  } | null;

  type Applicant = {
    name: string;
    number: string | null;
    phone: string | null;
    bearer: string | null;
  };

  type Brought = {
    case: string | null;
    notice: string | null;
    item: string | null;
    item_name: string | null;
    situations: string[];
    batch: string | null;
  };

  type CaseMonth = {
    month: string;
    total: {
      decided: number;
      trips: number;
      avoidable: number;
      corrected: number;
      prepared: number;
      prepared_straight: number | null;
      unprepared_straight: number | null;
    };
    items: Array<{
      item: string;
      item_name: string;
      decided: number;
      trips: number;
      avoidable: number;
      corrected: number;
      prepared: number;
      prepared_straight: number | null;
      unprepared_straight: number | null;
    }>;
    few: number;
    causes: Array<{
      item: string;
      item_name: string;
      material: string | null;
      reason: string;
      reason_word: string;
      count: number;
      listed: boolean;
    }>;
  };

  type Consult = {
    id: string;
    open: boolean;
  };

  type FirstAsked = {
    transfers: Array<{
      id: string;
      number: string;
      lane: string;
      since: string | null;
      minutes: number;
    }>;
    tasks: Array<{
      id: string;
      item: string | null;
      item_name: string | null;
      topic: string | null;
      answer: string;
      to: string | null;
      first_asked: string;
      responsible: string;
      on: string;
      due: string;
      days: number;
      late: boolean;
    }>;
    cases: Array<{
      id: string;
      number: string;
      stage_word: string;
      days: number;
    }>;
  };

  type FirstAskedMonth = {
    month: string;
    badges: Array<{
      badge: string;
      asked: number;
      tasks: number;
      closed: number;
      closed_same_day: number;
      closed_late: number;
      open_over_a_day: number;
    }>;
  };

  type Case = {
    is: "case";
    id: string;
    number: string;
    stage: "received" | "correcting" | "accepted" | "forwarded" | "decided" | "ready" | "collected" | "sent" | "refused" | "redirected" | "withdrawn";
    stage_word: string;
    item: string;
    item_name: string;
    sensitive: boolean;
    situations: string[];
    by: "self" | "relative" | "agent";
    received_on: string;
    at_village: boolean;
    responsible: string;
    first_asked: string;
    tell_by: string;
    tell_alarm: string;
    tell_provisional: boolean;
    deemed_acceptance: boolean;
    told_on: string | null;
    accepted_on: string | null;
    deemed: boolean;
    due: {
      is: "at_once" | "dated" | "paused" | "none";
      printed: string | null;
      target: string | null;
      collect_from: string | null;
      provisional: boolean;
      binding: string | null;
      left: number | null;
      left_unit: string | null;
    };
    paused: boolean;
    missing: string[];
    owed: string[];
    materials: Array<{
      name: string;
      group: string | null;
      necessity: string;
      shared: boolean;
      originals_needed: number;
      copies_needed: number;
      originals: number;
      copies: number;
      seen: boolean;
      electronic: boolean;
      held: number;
    }>;
    corrections: Array<{
      number: string;
      attempt: number;
      second: boolean;
      lines: Array<{
        material: string | null;
        reasons: string[];
        basis: string | null;
      }>;
    }>;
    served: string | null;
    proposed_refusal: string | null;
    department: string | null;
    confirmed: boolean;
    prepared: boolean;
    trips: number;
    outcome: string | null;
    place: string | null;
    receipt_slip: Slip;
    correction_slip: Slip;
    /** What staff are reminded of; lists show it to the responsible badge and to coordinators. */
    alarms: Array<"tell_soon" | "tell_today" | "tell_late" | "delivery_open" | "second_notice" | "untold" | "unexplained" | "unclaimed" | "unclaimed_long">;
    /** Its papers in the order in which they were given. `untold` ones have no effect yet. */
    slips: Array<{
      number: string;
      title: string;
      void: boolean;
      untold: boolean;
      slip: Slip;
    }>;
    delivered_on: string | null;
    explained: string | null;
    /** Materials that were asked for while it is examined. */
    further: string[];
    /** What was put right afterwards. */
    fixes: Array<{
      field: string;
      material: string | null;
      second: string;
    }>;
    name?: string | null;
    number_of_card?: string | null;
    /** What whoever asks may do with it now, by the last part of the routes, in the order of the work. */
    steps?: Array<"accept" | "corrections" | "on-spot" | "served" | "papers" | "propose-refusal" | "refuse" | "redirect" | "withdraw" | "forward" | "confirm" | "pause" | "resume" | "extend" | "decide" | "ready" | "collect" | "send" | "told" | "undo-accept" | "further" | "delivered" | "place" | "explain" | "reassign" | "correct">;
    /** The stages for which a limit of the item stops. */
    pause_stages?: string[];
    item_department?: string | null;
  };

  type Agency = {
    is: "agency";
    id: string;
    number: string;
    stage: "entrusted" | "taken" | "carried" | "in_town" | "ready" | "delivered" | "filed" | "declined" | "ending" | "ended";
    stage_word: string;
    item: string;
    item_name: string;
    sensitive: boolean;
    situations: string[];
    agent: string;
    entrusted_on: string;
    until: string;
    from_station: boolean;
    originals: Array<{
      place: number;
      name: string;
      count: number;
      mark: string | null;
      holder: "with_principal" | "with_agent" | "with_town" | "kept_by_law";
      since: string;
      card: boolean;
      late: boolean;
    }>;
    copies: Array<{
      name: string;
      count: number;
    }>;
    missing: string[];
    taken_on: string | null;
    handed_in_on: string | null;
    ready_on: string | null;
    delivered_on: string | null;
    filed_on: string | null;
    asked_on: string | null;
    answer: string | null;
    ended_by: string | null;
    batch: string | null;
    town_case: string | null;
    town_number: string | null;
    town_stage: string | null;
    town_stage_word: string | null;
    town_due: string | null;
    town_place: string | null;
    duties: Array<{
      is: "take" | "carry" | "deliver" | "file" | "ask" | "give_back" | "renew";
      word: string;
      by: string;
      late: boolean;
    }>;
    slip: Slip;
    end_slip: Slip;
    renewal_slip: Slip;
    /** Names of the item's list in this situation. */
    materials?: string[];
    name?: string | null;
    number_of_card?: string | null;
    phone?: string | null;
    /** What whoever asks may do with it now, by the last part of the routes, in the order of the work. */
    steps?: Array<"take" | "decline" | "hand-in" | "fetch" | "give-back" | "deliver" | "file" | "ask" | "renew" | "end" | "reassign">;
  };

  type AgencyBatch = {
    is: "agency_batch";
    id: string;
    number: string;
    agent: string;
    carried_on: string;
    agency: string[];
    slip: Slip;
  };

  type AgencyTrip = {
    is: "agency_batch";
    id: string;
    number: string;
    agent: string;
    carried_on: string;
    agency: string[];
    slip: Slip;
    carries: Agency[];
  };

  type Trip = {
    is: "trip";
    id: string;
    number: string;
    count: number;
    lanes: Array<{
      lane: string;
      name: string;
      count: number;
      windows: number[];
      /** The code of the number that the trip has there; null before it is taken. */
      ticket: string | null;
    }>;
  };

  type Handovers = {
    waiting: Array<{
      department: string;
      count: number;
    }>;
    lists: HandoverList[];
  };

  /** 交接清单, what went to a department together. */
  type HandoverList = {
    is: "handover_list";
    id: string;
    number: string;
    date: string;
    department: string;
    cases: string[];
    slip: Slip;
  };

  type CaseProgress = {
    is: "case";
    id: string;
    state: "in_progress" | "correcting" | "ready" | "collected" | "ended";
    due: string | null;
    provisional: boolean;
    /** The letter of the lane for what comes next; null once it has ended. */
    lane: string | null;
    windows: number[];
    missing: number;
    /** Why it is late, in words for the applicant. */
    explained: string | null;
    /** The state of the slip that was asked for last, as `Slip` has it. */
    slip: string | null;
  };

  type Reservation = {
    is: "reservation";
    id: string;
    date: string;
    from: string;
    to: string;
    starts_at: string;
    lane: string;
    lane_name: string | null;
    items: Array<{
      code: string;
      name: string;
    }>;
    state: "booked" | "arrived" | "lapsed" | "cancelled" | "cancelled_by_hall";
    /** The number that it became. */
    ticket: string | null;
    ticket_id: string | null;
    source: "kiosk" | "console" | "file";
    kiosk: string | null;
    /** The card with which it was made makes its number too. */
    by_card: boolean;
    made_at: string;
    slip: Slip;
  };

  type ReservationList = {
    today: string;
    tomorrow: string;
    reservations: Array<{
      is: "reservation";
      id: string;
      date: string;
      from: string;
      to: string;
      starts_at: string;
      lane: string;
      lane_name: string | null;
      items: Array<{
        code: string;
        name: string;
      }>;
      state: "booked" | "arrived" | "lapsed" | "cancelled" | "cancelled_by_hall";
      /** The number that it became. */
      ticket: string | null;
      ticket_id: string | null;
      source: "kiosk" | "console" | "file";
      kiosk: string | null;
      /** The card with which it was made makes its number too. */
      by_card: boolean;
      made_at: string;
      slip: Slip;
      name: string | null;
      phone: string | null;
    }>;
  };

  type ReservationSlots = {
    lane: string;
    lane_name: string | null;
    slot_minutes: number;
    days: Array<{
      date: string;
      /** Monday is 1. */
      weekday: number;
      slots: Array<{
        from: string;
        to: string;
        /** Places that whoever asks may still reserve. */
        free: number;
      }>;
    }>;
  };

  type Lane = {
    letter: string;
    name: string;
    waiting: number;
    longest_wait_since: string | null;
    windows: number[];
    /** How many of them are open now; where none is, pages say 目前没有窗口办理. */
    open_windows: number;
    accepting: boolean;
    /** 号已发完. Kiosks give no numbers of it, because its windows cannot serve more people until closing time; null for a lane that is not stopped. */
    stopped: {
      since: string;
      /** When numbers are given again. */
      next_opening: string | null;
    } | null;
    /** Why its numbers are not given now (暂停取号); null where they are. */
    paused: string | null;
    /** Where finished papers are handed out (出件). */
    collection: boolean;
    promise: LanePromise;
  };

  /** How a lane stands to the hall's promise; null without one in force. */
  type LanePromise = {
    wait_minutes: number;
    /** When the longest wait reaches four fifths of the promise; null while nobody waits, or not on this day. */
    amber_at: string | null;
    /** When it reaches the promise. */
    red_at: string | null;
    /** When five have waited longer than promised, so that another window should open (建议增开窗口); null while fewer wait. */
    advice_at: string | null;
    /** Windows that could serve the lane, free ones first, then paused, then closed ones. */
    windows: number[];
  } | null;

  /** Whether the hall's ranges of waits hold, over the latest tickets that had one, 200 at most. */
  type Ranges = {
    /** False while ranges are left out, because fewer than 70 % of them held and not yet more than 75 %. */
    told: boolean;
    judged: number;
    inside: number;
  };

  type Window = {
    is: "window";
    number: number;
    name: string;
    lanes: string[];
    state: "closed" | "idle" | "called" | "serving" | "paused";
    ticket: string | null;
    ticket_id: string | null;
    pause_code: PauseCode | null;
    /** The text, else the code's word in Chinese. */
    pause_reason: string | null;
    clerk: string | null;
    /** Tickets that wait for this window alone. */
    own_waiting: number;
    /** Since when somebody without a number is served here. */
    unnumbered_since: string | null;
    undo_until: string | null;
    /** What its state allows its clerk. `calls` also needs somebody who waits in one of its lanes, `finish` and `finish-and-call` the moment `finish_from`, `undo` a moment before `undo_until`. */
    verbs: Verb[];
    /** From when on the called ticket is offered to be finished; null when there is none. */
    finish_from: string | null;
  };

  /** Meal, rest, carrying papers, meeting, training, a fault of the systems, escorting somebody, other. */
  type PauseCode = "meal" | "rest" | "papers" | "meeting" | "training" | "system" | "escort" | "other";

  type Verb = "open" | "close" | "pause" | "calls" | "serve-unnumbered" | "finish-unnumbered" | "resume" | "recall" | "serve" | "finish" | "finish-and-call" | "miss" | "suspend" | "abandon" | "undo" | "transfer" | "items";

  type DutySheet = {
    today: string;
    days: Array<{
      date: string;
      /** 1 is Monday. */
      weekday: number;
      works: boolean;
      sessions: Array<{
        from: string;
        to: string;
      }>;
    }>;
    people: Array<{
      badge: string;
      name: string;
      plans: Array<{
        date: string;
        window: number | null;
        /** The first of the day is 1; none for a day off. */
        sessions: number[];
      }>;
    }>;
    windows: Array<{
      number: number;
      name: string;
    }>;
  };

  type TrainingReport = {
    sessions: Array<{
      day: string;
      begun_at: string;
      /** Null while it lasts, and where it was cut off. */
      ended_at: string | null;
      issued: number;
      people: Array<{
        badge: string;
        name: string | null;
        deeds: {
          taken: number;
          priority: number;
          checked_in: number;
          called: number;
          recalled: number;
          served: number;
          missed: number;
          suspended: number;
          resumed: number;
          transferred: number;
          finished: number;
          abandoned: number;
          undone: number;
          notices: number;
          paused: number;
        };
      }>;
    }>;
  };

  type AttendanceSheet = {
    month: string;
    grace_minutes: number;
    reaches_back_to: string | null;
    people: Array<{
      badge: string;
      name: string;
      role: string | null;
      totals: {
        planned: number;
        present: number;
        absent: number;
        late: number;
        late_minutes: number;
        early: number;
        early_minutes: number;
        away_minutes: number;
        clock_doubtful: number;
        unplanned: number;
        noted: number;
      };
      sessions: Array<{
        date: string;
        session: number;
        from: string;
        to: string;
        verdict: "present" | "absent" | "running" | "clock_doubtful" | "unplanned";
        arrived_at: string | null;
        left_at: string | null;
        late_minutes: number;
        late: boolean;
        early_minutes: number;
        away_minutes: number;
        notes: Array<{
          kind: "leave" | "fieldwork" | "meeting" | "training" | "substitute" | "clock";
          substituted: string | null;
          reason: string | null;
        }>;
      }>;
    }>;
    inspections: Array<{
      at: string;
      by: string | null;
      badge: string | null;
      window: number | null;
      kind: "no_badge" | "away" | "phone" | "dress" | "tidy" | "other";
      text: string;
    }>;
  };

  /** A silent call for help from a console (无声求助). */
  type Emergency = {
    id: string;
    /** Null from a desk that is no window. */
    window: number | null;
    badge: string;
    at: string;
    taken_by: string | null;
  };

  type EmergencyStep = {
    id: string;
    state: "raised" | "taken" | "ended";
  };

  type OrderReason = {
    before: string;
    after: string;
    reason: "came_first" | "came_back" | "among_agents" | "priority" | "reservation" | "slot_to_come" | "by_name" | "lane_first" | "lane_not_served" | "waited_longer" | "waited_elsewhere" | "waits_for_window" | "not_there_yet" | "was_away" | "out_of_turn";
    sentence: string;
    sentence_en: string;
    /** Without who named a ticket and why. */
    for_resident: string;
    for_resident_en: string;
  };

  type OrderPrinted = {
    state: "sent" | "printed" | "unknown";
  };

  type Day = {
    business_day: string | null;
    state: "open" | "cut_off" | "closed" | "awaiting_staff";
    /** Whether today's opening follows from weekdays only, because no notice of holidays is known for it. */
    provisional: boolean;
    next_opening: string | null;
    next_opening_provisional: boolean;
    /** 延时服务: sessions that were added for single days and are not over. */
    extra_sessions: Array<{
      date: string;
      from: string;
      to: string;
    }>;
    /** The longest wait that the hall promises on this day (服务承诺); null without a promise. */
    promised_wait_minutes: number | null;
  };

  type BoardMachines = {
    /** The addresses of all machines' doors; empty in a hall with one machine. */
    doors: string[];
    /** Whether this machine decides; one that is cut off from the journal shows what was. */
    decides: boolean;
    /** What `/board/enter?pass=` takes at each of them; null in a hall with one machine. */
    pass: string | null;
  };

  type Leases = {
    /** Numbers that only their kiosk may give; a null kiosk, slips that were printed beforehand. */
    out: Array<{
      kiosk: string | null;
      machine: string;
      lane: string;
      day: string;
      from: number;
      through: number;
    }>;
    /** What this machine's kiosks have left. */
    own: Array<{
      kiosk: string | null;
      lane: string;
      left: number;
    }>;
    /** Numbers that this machine gave while it was cut off, and that are not in the journal yet. */
    pending: string[];
    /** Numbers that the journal did not take; their slips are honoured by hand. */
    incidents: Array<{
      number: string;
      kiosk: string | null;
      issued_at: string;
      reason: "not_leased" | "given_before";
    }>;
    /** Numbers that were given while cut off and ended as the journal took them. */
    ended: Array<{
      number: string;
      why: "twice" | "late";
      instead_of: string | null;
    }>;
  };

  type Machines = {
    /** Where a console goes on when its own machine is of no use; empty in a hall with one machine. */
    doors: string[];
    machines: Array<{
      name: string;
      this_one: boolean;
      /** Since when it has not been heard; null while it is. */
      silent_since: string | null;
    }>;
  };

  type Fault = {
    code: "storage_full" | "storage_fault" | "journal_cut_off" | "journal_behind" | "journal_damaged" | "clock_step" | "day_overtaken" | "calendar_ended" | "calendar_ends" | "certificate_ends" | "reconciling_prints" | "screen_dead" | "board_dead" | "paper_out" | "cover_open" | "cutter_fault" | "offline" | "print_service_down" | "print_spool_full" | "printer_fault" | "paper_low" | "paper_ending" | "reader_gone" | "reader_taken" | "reader_not_permitted" | "reader_silent" | "reader_needs_service" | "reader_service_down" | "card_left" | "second_page" | "backup_old" | "backup_on_one_disk" | "machine_silent" | "clock_apart" | "configuration_differs" | "update_running" | "program_older";
    kiosk: string | null;
    since: string;
    /** What does not go on until it is mended; `paper` slips, `numbers` that none is given. */
    stops: "paper" | "numbers" | null;
    /** What to do about it, by language; null where the pages' own words say all. */
    remedy: {
      "zh-Hans"?: string;
      en?: string;
    } | null;
  };

  type Hall = {
    /** The hall's moment, which goes back only where a coordinator confirmed the clock; ages are counted by it. */
    at?: string;
    /** What the hall's civil clock shows, for people to read. */
    clock?: string;
    hall: {
      name: string;
      code: string;
      address: string;
      hours: string;
      consult_phone: string;
      supervise_phone: string;
      level: "town" | "village";
      /** False at a village's station, where nobody takes a number. */
      queue: boolean;
      /** A village's station; null in a town. */
      station: {
        /** The hall of the town above. */
        town: string;
        /** The rooms it is set up in (党群服务中心办事大厅). */
        site: string;
        agents: Array<{
          name: string;
          phone: string;
        }>;
      } | null;
      zone: string;
    };
    mode: "undifferentiated" | "departmental" | "hybrid";
    demo: boolean;
    day: Day;
    lanes: Lane[];
    windows: Window[];
    /** Rings that nobody has answered. */
    help: Help[];
    catalogue_version: string;
    faults: Fault[];
    kiosks: string[];
    /** What people call each kiosk, by its id. */
    kiosk_names: {
      [key: string]: string;
    };
    printing_kiosks: string[];
    /** Places at which papers of cases are printed, office printers first. */
    case_printers: string[];
    frequent: string[];
    /** Whether priority (优) is called earlier on this day. */
    overtaking: boolean;
    /** Whether the hall takes reservations (预约). */
    reservations?: boolean;
    /** The lane that a number without an item joins; null where a lane has to be named. */
    general_lane: string | null;
    /** The item of questions and grievances (政策咨询与办不成事反映), where the catalogue has it. */
    consult_item: string | null;
    /** How many of a list pages draw. */
    shown: {
      list_rows: number;
      search_hits: number;
      suggestions: number;
    };
  };

  type Help = {
    id: string;
    kiosk: string;
    asked_at: string;
    /** `heard` once a console shows it. */
    state: "ringing" | "heard";
    /** Nobody came for too long, or no console heard it. */
    escalated: boolean;
  };

  type HelpRing = {
    id: string;
    state: "ringing" | "heard";
    escalated: boolean;
    /** Whether a console is connected at all. */
    listening: boolean;
    /** Who can be reached when nobody comes. */
    reach: {
      hours: string;
      people: Array<{
        name: string | null;
        phone: string;
      }>;
    };
  };

  type HelpState = {
    id: string;
    state: "heard" | "answered";
  };

  /** The business day that was closed last, and its closing slip (日结单); null before the first. */
  type Closing = ClosingView | null;

  type ClosingView = {
    business_day: string;
    opened_at: string;
    closed_at: string;
    /** Those in which numbers were issued. Every number is in one of the counts after `called`. */
    lanes: Array<{
      letter: string;
      /** Null where the hall no longer has the lane. */
      name: string | null;
      issued: number;
      called: number;
      served: number;
      missed: number;
      abandoned: number;
      open: number;
    }>;
    first_call_at: string | null;
    last_call_at: string | null;
    notices: number;
    notices_printed: number;
    /** The code of the closing slip, for `/v1/tickets/{id}/reprint` and `…/acknowledge`; null while the head is being read. */
    id: string | null;
    /** The journal's head, as `yichuangctl verify --head` takes it; null while it is being read. */
    head: string | null;
    /** Where the closing slip is printed; null where no printer prints it. */
    kiosk: string | null;
    slip: Slip;
  };

  /** What a coordinator arranged by day (当日安排), with who and when; null where nothing is. */
  type Arrangements = {
    paused_lanes: Array<{
      letter: string;
      name: string | null;
      reason: string;
      at: string;
      /** The badge; null for the operator of the machine. */
      by: string | null;
    }>;
    /** 延时服务: the extra sessions of today and of coming days. */
    sessions: Array<{
      date: string;
      from: string;
      to: string;
      at: string;
      /** The badge; null for the operator of the machine. */
      by: string | null;
    }>;
    frequent: {
      items: Array<{
        code: string;
        name: string;
      }>;
      at: string;
      /** The badge; null for the operator of the machine. */
      by: string | null;
    } | null;
    publicity: {
      title: string;
      lines: string[];
      at: string;
      /** The badge; null for the operator of the machine. */
      by: string | null;
    } | null;
  };

  type TodayLane = {
    letter: string;
    name: string;
    /** 号已发完. Kiosks give no numbers of it, because its windows cannot serve more people until closing time. */
    stopped: boolean;
    /** Why its numbers are not given now; null where they are. */
    paused: string | null;
    waiting: number;
    /** Hall time, which counts only while a session is on; null where nobody waits. */
    longest_wait_seconds: number | null;
    longest_wait_number: string | null;
    windows: number[];
    open_windows: number[];
    issued: number;
    served: number;
    missed: number;
    abandoned: number;
    closed: number;
  };

  type TodayWindow = {
    number: number;
    name: string;
    lanes: string[];
    state: "closed" | "idle" | "called" | "serving" | "paused";
    /** When it began to do what it does now; null where that was before the day. */
    since: string | null;
    ticket: string | null;
    pause_code: PauseCode | null;
    /** The text, else the code's word in Chinese. */
    pause_reason: string | null;
    clerk: string | null;
    clerk_name: string | null;
    served: number;
    /** People who were served without a number. */
    unnumbered: number;
  };

  /** Lengths of time in seconds; percentiles by nearest rank; null without one. */
  type TodaySpread = {
    count: number;
    mean_seconds: number | null;
    p50_seconds: number | null;
    p90_seconds: number | null;
    longest_seconds: number | null;
  };

  type Today = {
    at: string;
    clock: string;
    day: Day;
    /** The business day that the figures are of, also after it was closed; null before the first. */
    date: string | null;
    opened_at: string | null;
    closed_at: string | null;
    sessions: Array<{
      from: string;
      to: string;
    }>;
    /** How many come with a reservation; null where the hall takes none. */
    reservations: {
      today: {
        booked: number;
        arrived: number;
        lapsed: number;
      };
      tomorrow: {
        booked: number;
        arrived: number;
        lapsed: number;
      };
      /** Reservations of the day that were called later than promised. */
      late: number;
    } | null;
    lanes: TodayLane[];
    windows: TodayWindow[];
    totals: {
      waiting: number;
      at_windows: number;
      /** People who were served without a number; not among the tickets. */
      unnumbered: number;
      suspended: number;
      issued: number;
      served: number;
      missed: number;
      abandoned: number;
      closed: number;
    };
    /** From issue, or from the return after a miss, to the first call, in hall time. */
    wait: TodaySpread;
    /** The hall's promise (服务承诺); null where none is in force. */
    promise: {
      /** The longest wait that is promised, in minutes of hall time. */
      minutes: number;
      /** First calls within it. */
      kept: number;
      /** First calls after more than it, and, once the day is closed, who gave up or was left after more than it. */
      broken: number;
      /** Who waits for longer now. */
      waiting_over: number;
    } | null;
    /** With the resident at the window, without suspensions. */
    service: TodaySpread;
    /** From a transfer, or the return after a miss, to the next call, in hall time. */
    second_wait: TodaySpread;
    transfers: {
      count: number;
      /** Tickets that were sent on three times. */
      sent_around: number;
      /** Transfers whose receiver has not said 到达 yet, oldest first. */
      open: Array<{
        number: string;
        state: string;
        first_asked: string | null;
        transfers: number;
        at: string;
        /** The window that sent it. */
        from: number;
        by: string | null;
        lane: string | null;
        window: number | null;
        reason: "wrong_window" | "needs_department" | "language" | "police" | "other" | "words";
        words: string | null;
        /** It was sent on three times or more, and the coordinator is told. */
        told: boolean;
      }>;
    };
    /** From the first hour of the sessions, or of the first event, to the last. */
    hours: Array<{
      hour: number;
      issued: number;
      /** First calls. */
      called: number;
      served: number;
    }>;
    /** How many cases have an alarm, and how many tasks, agency cases and originals are late. */
    reminders: {
      cases: number;
      tasks: number;
      agency: number;
      originals: number;
      /** Numbers given while a kiosk was cut off that people have to look after; see /v1/leases. */
      leases: number;
    };
    help: Help[];
    faults: Fault[];
    printers: Printer[];
    kiosks: Array<{
      id: string;
      name: string;
      prints: boolean;
      readers: Array<{
        kind: string;
        name: string;
        condition: string | null;
      }>;
    }>;
    /** The target whose last verified archive is the oldest; null in a hall without `backup.yaml`. */
    backup: {
      target: string | null;
      at: string | null;
      old: boolean;
    } | null;
    arrangements: Arrangements;
    /** When the network last set the machine's clock; null where it did not since the start. */
    clock_synchronised_at: string | null;
  };

  type Queue = {
    /** The hall's moment, which goes back only where a coordinator confirmed the clock; ages are counted by it. */
    at?: string;
    /** What the hall's civil clock shows, for people to read. */
    clock?: string;
    day: Day;
    lanes: Lane[];
    windows: Window[];
    tickets: Ticket[];
    closing: Closing;
    ranges: Ranges;
    help: Help[];
    faults: Fault[];
    printers: Printer[];
  };

  type Printer = {
    kiosk: string;
    model: string | null;
    /** The way that slips take to this printer, as the queue told when it was asked last. */
    path: "yichuang_pos" | "driverless" | "office" | "raw" | "emulated" | "undetermined";
    conditions: string[];
    /** Slips of an earlier run are being looked up here; numbers wait for that. */
    reconciling: boolean;
    /** The attempt that ended last. */
    last: {
      outcome: "printed" | "sent" | "not_sent" | "unknown";
      evidence: string | null;
      at: string | null;
    } | null;
    roll: {
      slips: number;
      millimetres: number;
      changed_at: string | null;
      /** An estimate; null where the printer's model is not configured. */
      millimetres_left: number | null;
      slips_left: number | null;
    };
  };

  /** What a scanned code means; `is` tells which. */
  type CodeMeaning = {
    is: "ticket";
    id: string;
    ticket: Ticket;
    /** The verb that the scanned ticket can have at this clerk's window now; a press of the clerk's does it. Null on the kiosk listener. */
    offers: "calls" | "recall" | "resume" | "check-in" | null;
  } | {
    is: "notice";
    id: string;
    item: string;
    item_name: string | null;
    situations: string[];
  } | {
    is: "item";
    item: string;
    item_name: string | null;
  } | {
    is: "reservation";
    id: string;
    reservation: Reservation;
  } | {
    is: "case";
    id: string;
  } | {
    is: "trip";
    id: string;
  } | {
    is: "agency";
    id: string;
    item: string;
    item_name: string | null;
  } | {
    is: "badge";
    /** As it is configured; hall listener. */
    badge?: string;
  } | {
    is: "badge_revoked";
  } | {
    is: "old_slip";
  } | ForeignCode;

  /** A foreign code, whose text is told to nobody. */
  type ForeignCode = {
    is: "unknown";
    kind: "link" | "number" | "text";
    /** In characters. */
    length: number;
  };

  type Readers = {
    /** What lies on the card reader; `left` when its holder has gone. */
    card: "lying" | "left" | null;
    readers: Array<{
      kind: "card_reader" | "scanner";
      name: string;
      condition: "opening" | "ready" | "taken" | "not_permitted" | "silent" | "needs_service" | null;
    }>;
  };

  type Roll = {
    kiosk: string;
    slips: number;
    millimetres: number;
    changed_at: string | null;
  };

  /** Why: an enterprise's item, on the list of what no town hall takes, a village station's, the police's alone, or no window here is set up for it. */
  type ElsewhereKind = "district" | "not_in_hall" | "village" | "police" | "no_window" | "town";

  /** Where an item is done instead of here; null when this hall does it. */
  type Elsewhere = null | {
    kind: ElsewhereKind;
    reason: string | null;
    places: Array<{
      name: string;
      address: string;
      hours: string;
      phone: string;
    }>;
  };

  type Question = {
    key: string;
    ask: string | null;
    choose: "one" | "any";
    /** Its answers are marked one by one, then gone on with; of fewer every combination is a press. */
    one_by_one: boolean;
    /** The answer “none of these” to a question of any number; null where one answer always holds. */
    none: string | null;
    answers: Array<{
      key: string;
      label: string;
    }>;
  };

  /** A material, or several of which one is enough. */
  type ChecklistEntry = {
    name: string;
    choices: Array<{
      name: string;
      kind: string;
      originals: number;
      copies: number;
      necessity: string;
      electronic: boolean;
      shared: boolean;
      /** What stands behind its name: 可用电子证照, 窗口可查，不用带, 代办员可查，不用带. */
      behind: "electronic" | "shared" | "shared_at_station" | null;
      form: string | null;
      source: string | null;
      obtain: string | null;
      standard: string | null;
      any_of: string[];
      note: string | null;
      /** The case in which it is needed, in words, where the answers leave it open. */
      only_when: string | null;
    }>;
  };

  type Checklist = {
    item: string;
    answers: string[];
    /** What to ask next; null when nothing more changes the list. */
    question: null | Question;
    bring: ChecklistEntry[];
    fill: ChecklistEntry[];
    spare: ChecklistEntry[];
    told: ItemGuidance;
    /** Why no agent may carry the item (须本人办理); null where one may. */
    agency_none: string | null;
    catalogue_version: string;
  };

  type BundleSummary = {
    code: string;
    name: string;
    note: string | null;
    /** In the order in which they are done. */
    items: Array<{
      code: string;
      name: string;
      lane: string | null;
      /** The kind of place where it is done instead; null where this hall does it. */
      elsewhere: string | null;
    }>;
    /** The lanes that one number visits, in this order. */
    lanes: Array<{
      letter: string;
      name: string;
      windows: number[];
    }>;
  };

  type Bundle = {
    code: string;
    name: string;
    note: string | null;
    /** In the order in which they are done. */
    items: Array<{
      code: string;
      name: string;
      lane: string | null;
      /** The kind of place where it is done instead; null where this hall does it. */
      elsewhere: string | null;
    }>;
    /** The lanes that one number visits, in this order. */
    lanes: Array<{
      letter: string;
      name: string;
      windows: number[];
    }>;
    bring: ChecklistEntry[];
    fill: ChecklistEntry[];
    spare: ChecklistEntry[];
    catalogue_version: string;
  };

  type Publicity = {
    after_seconds: number;
    pages: Array<{
      title: string | null;
      lines: string[];
      url: string | null;
    }>;
    question: null | {
      id: string;
      ask: string;
      answers: string[];
    };
  };

  /** What a page needs to search the items by itself. */
  type SearchTable = {
    catalogue_version: string;
    items: Array<{
      code: string;
      names: string[];
      /** What its papers are called; they find it last, and only by the whole name. */
      papers: string[];
    }>;
    /** Pinyin without tones by character, most common first. */
    readings: {
      [key: string]: string[];
    };
  };

  /** What the item costs, how long it takes and where it is done, in the very words of the notice and the poster. */
  type ItemGuidance = {
    cost: string;
    promised: string;
    legal: string;
    place: string;
  };

  type ItemSummary = {
    code: string;
    name: string;
    /** The name in English; null where the item is Chinese only. */
    name_en: string | null;
    category: string;
    department: string;
    department_en: string | null;
    queue_group: string;
    police_only: boolean;
    handled_by: "window" | "agent" | "village" | "police";
    level: "town" | "village";
    directory: "service" | "agency" | null;
    /** Touches at a kiosk from its first screen to the item's notice, on the longest way; 5 stands for all beyond four. */
    touches: number;
    /** Of an item with several questions the one whose answers stand beside its name. */
    ask_first: null | Question;
    promise: string | null;
    fee: string;
    told: ItemGuidance;
    lane: string | null;
    windows: number[];
    elsewhere: Elsewhere;
  };

  type Items = {
    items: ItemSummary[];
    /** The codes in the order of lists that are turned by pages, what takes the most touches first. */
    nearest_first: string[];
    departments: string[];
  };

  type Material = {
    name: string;
    kind: "original" | "copy" | "original_and_copy" | "original_or_copy" | "form";
    originals: number;
    copies: number;
    required: boolean;
    necessity: "必要" | "容缺后补" | "非必要";
    electronic: boolean;
    /** The hall gets it by data sharing. */
    shared: boolean;
    /** Form and size asked for: 纸质 A4. */
    form: string | null;
    source: string | null;
    obtain: string | null;
    standard: string | null;
    basis: string | null;
    when: string | null;
    /** When it is needed: in any of these cases; empty where it always is. `when` is the situation where one alone decides. */
    when_any_of: Array<{
      chosen: string[];
      not_chosen: string[];
    }>;
    any_of: string[];
    one_of: string | null;
    note: string | null;
  };

  type Item = {
    code: string;
    name: string;
    name_en: string | null;
    category: string;
    department: string;
    department_en: string | null;
    queue_group: string;
    police_only: boolean;
    handled_by: "window" | "agent" | "village" | "police";
    promise: string | null;
    fee: string;
    told: ItemGuidance;
    lane: string | null;
    windows: number[];
    elsewhere: Elsewhere;
    situations: Array<{
      key: string;
      label: string;
    }>;
    /** Touches at a kiosk from its first screen to the item's notice, on the longest way; 5 stands for all beyond four. */
    touches: number;
    /** Of an item with several questions the one whose answers stand beside its name. */
    ask_first: null | Question;
    /** What is asked of a resident's case; `situations` has every answer of every question. */
    questions: Question[];
    materials: Material[];
    steps: string[];
    basis: string[];
    conditions: string[];
    legal_limit: string | null;
    promised_limit: string | null;
    consult_phone: string;
    supervise_phone: string;
    note: string | null;
    /** 实施主体. */
    acting_body: string | null;
    /** 到办事现场次数. */
    visits: number | null;
    /** 网办入口. */
    online: string | null;
    level: "town" | "village";
    directory: "service" | "agency" | null;
    catalogue_version: string;
  };

  type Notice = {
    is: "notice";
    /** Twelve characters of Crockford base 32, the last a check character. */
    id: string;
    number: string;
    item: string;
    situations: string[];
    /** What the resident marked as there, and as missing, before it was printed. */
    have: string[];
    missing: string[];
    catalogue_version: string;
    issued_at: string;
    ticket: string | null;
    kiosk: string | null;
    slip: Slip;
    url: string;
    a4_url: string;
    /** As on the slip, under the hall's own key; only by GET. */
    check_code?: string;
    /** In the notice's own version of the catalogue; only by GET and where that version is at hand. */
    item_name?: string;
    /** Whether the item is still there and the notice's answers settle all that it asks now. */
    answers_hold?: boolean;
    /** The list as it was printed. */
    lines?: Array<{
      group: "bring" | "fill" | "spare";
      name: string;
      copies: string;
      /** gone from the item's list, or changed; null when it is as it was. */
      since: "gone" | "changed" | null;
    }>;
    /** Whether its version is the one in force. */
    in_force?: boolean;
    /** What of the item is different in the version in force, a sentence each. */
    changes?: string[];
  };

  type Session = {
    badge: string;
    name: string;
    role: "clerk" | "agent" | "coordinator" | "supervisor" | "system_administrator" | "security_administrator" | "auditor";
    window: number | null;
    /** Somebody else knows the secret; until it is changed all else is 403 `change_secret_first`. */
    change_secret: boolean;
    /** A badge PIN is set. */
    pin: boolean;
  };

  type Account = {
    badge: string;
    name: string;
    role: "clerk" | "agent" | "coordinator" | "supervisor" | "system_administrator" | "security_administrator" | "auditor";
    /** Somebody else knows the secret, and its owner has not changed it yet. */
    first_secret: boolean;
    /** How long attempts at this badge are refused at some browser or address; null when they are heard. */
    delay_seconds: number | null;
    /** Whether who asks may give this member a first secret. */
    may_set_secret: boolean;
  };

  type SettingsEntry = {
    number: number;
    at: string;
    /** A user of the machine, `operator`, `signal`, or `start` for what was there at a start. */
    by: string;
    /** The sections of the file that changed. */
    sections: string[];
  };

  type OpenSession = {
    /** Names the session; it is no cookie. */
    id: string;
    badge: string;
    name: string;
    role: "clerk" | "agent" | "coordinator" | "supervisor" | "system_administrator" | "security_administrator" | "auditor";
    window: number | null;
    /** The client's address at sign-in; null for a session from before an update. */
    address: string | null;
    since: string;
    used_at: string;
    /** The session of the request itself. */
    own: boolean;
  };

  /** What an event of the staff's and the kiosks' feeds carries, to be put in the place of what a page has. A snapshot carries what GET /v1/queue or GET /v1/hall says. */
  type FeedChange = {
    /** A coordinator chose other frequent items, or wrote a page of the idle screen; pages that show them ask again. */
    screens_changed?: true;
    at?: string;
    clock?: string;
    ticket?: Ticket;
    /** All that consoles list; when the day changes. */
    tickets?: Ticket[];
    closing?: Closing;
    ranges?: Ranges;
    /** All silent calls, to consoles only; in a frame of its own. */
    emergencies?: Emergency[];
    /** All open help rings; when the day changes or the clock was confirmed. */
    rings?: Help[];
    lanes?: Lane[];
    window?: Window;
    windows?: Window[];
    day?: Day;
    help?: Help;
    help_answered?: {
      id: string;
    };
    /** A notice whose slip changed. */
    notice?: {
      id: string;
      number: string;
      slip: Slip;
    };
    /** A reservation that was made here, or whose slip changed. */
    reservation?: {
      id: string;
      slip: Slip;
    };
    reservations_changed?: boolean;
    consults_changed?: boolean;
    leases_changed?: boolean;
    cases_changed?: boolean;
    faults?: Fault[];
    printers?: Printer[];
    roll?: Roll;
    catalogue_version?: string;
    overtaken?: {
      business_day: string;
      date: string;
      waiting: number;
    };
  };

  /** What an event of the boards' feed carries; a snapshot carries all but `number`, `window` and `state`. */
  type BoardChange = {
    at?: string;
    clock?: string;
    hall?: {
      name: string;
      hours: string;
      consult_phone: string;
      supervise_phone: string;
    };
    number?: string;
    window?: number;
    state?: string;
    day?: Day;
    lanes?: Array<{
      letter: string;
      name: string;
      waiting: number;
      /** 号已发完. */
      stopped: boolean;
      /** Its numbers are not given now. */
      paused: boolean;
    }>;
    windows?: Array<{
      number: number;
      state: string;
      ticket: string | null;
    }>;
    calls?: BoardCall[];
    missed?: string[];
    help_waiting?: boolean;
    /** Seconds after which a call is shown and not spoken any more; only in a snapshot. */
    speak_seconds?: number;
  };

  type BoardCall = {
    number: string;
    window: number;
    at: string;
    state: "called" | "serving" | "missed" | "finished";
  };

  /** The event `cardRead` of a kiosk's feed; `card` is null for a document that holds no number. */
  type CardRead = {
    card: string | null;
    name: string;
    priority_offered: boolean;
    expired: boolean;
    tickets: string[];
    /** The person's reservations of today that can still become a number, by their codes. */
    reservations: string[];
  };

  /** The event `codeScanned` of a kiosk's feed; `is` tells which. */
  type CodeScanned = {
    is: "ticket";
    id: string;
  } | {
    is: "notice";
    id: string;
    item: string;
    situations: string[];
  } | {
    is: "item";
    item: string;
  } | {
    is: "reservation";
    id: string;
  } | {
    is: "case";
    id: string;
  } | {
    is: "trip";
    id: string;
  } | AgentScanned | {
    is: "badge" | "badge_revoked" | "old_slip" | "unreadable";
  } | ForeignCode;

  /** An agent's (代办员) badge; `card` names it in POST /v1/tickets. */
  type AgentScanned = {
    is: "agent";
    card: string;
    name: string;
    /** Numbers held for others. */
    carries: number;
  };

  type FinishedAndCalled = {
    is: "finished_and_called";
    window_now: Window;
    finished: Ticket;
    called: Ticket | null;
  };

  type Query = "" | `?${string}`;

  /** What a granted request answers; never for one that the API does not have. */
  type Answer<Method extends string, Path extends string> = AnswerTo<`${Method} ${Path}`>;

  /** The path itself, where the API has it for this method. */
  type Path<Method extends string, Path extends string> = [Answer<Method, Path>] extends [never] ? never : Path;

  type AnswerTo<Request extends string> =
    Request extends `${string} /dock/${string}` ? any :
    Request extends `DELETE ${string}` ? AnswerToDelete<Request> :
    Request extends `GET ${string}` ? AnswerToGet<Request> :
    Request extends `POST ${string}` ? AnswerToPost<Request> :
    never;

  type AnswerToDelete<Request extends string> =
    Request extends `DELETE /v1/sessions${string}` ? AnswerToDeleteSessions<Request> :
    never;

  type AnswerToGet<Request extends string> =
    Request extends `GET /v1/reservations${string}` ? AnswerToGetReservations<Request> :
    Request extends `GET /v1/case-months${string}` ? AnswerToGetCaseMonths<Request> :
    Request extends `GET /v1/ended-cases${string}` ? AnswerToGetEndedCases<Request> :
    Request extends `GET /v1/first-asked${string}` ? AnswerToGetFirstAsked<Request> :
    Request extends `GET /v1/attendance${string}` ? AnswerToGetAttendance<Request> :
    Request extends `GET /v1/awareness${string}` ? AnswerToGetAwareness<Request> :
    Request extends `GET /v1/emergency${string}` ? AnswerToGetEmergency<Request> :
    Request extends `GET /v1/handovers${string}` ? AnswerToGetHandovers<Request> :
    Request extends `GET /v1/publicity${string}` ? AnswerToGetPublicity<Request> :
    Request extends `GET /v1/accounts${string}` ? AnswerToGetAccounts<Request> :
    Request extends `GET /v1/machines${string}` ? AnswerToGetMachines<Request> :
    Request extends `GET /v1/sessions${string}` ? AnswerToGetSessions<Request> :
    Request extends `GET /v1/settings${string}` ? AnswerToGetSettings<Request> :
    Request extends `GET /v1/training${string}` ? AnswerToGetTraining<Request> :
    Request extends `GET /v1/bundles${string}` ? AnswerToGetBundles<Request> :
    Request extends `GET /v1/notices${string}` ? AnswerToGetNotices<Request> :
    Request extends `GET /v1/openapi${string}` ? AnswerToGetOpenapi<Request> :
    Request extends `GET /v1/tickets${string}` ? AnswerToGetTickets<Request> :
    Request extends `GET /v1/windows${string}` ? AnswerToGetWindows<Request> :
    Request extends `GET /v1/agency${string}` ? AnswerToGetAgency<Request> :
    Request extends `GET /v1/kiosks${string}` ? AnswerToGetKiosks<Request> :
    Request extends `GET /v1/leases${string}` ? AnswerToGetLeases<Request> :
    Request extends `GET /v1/search${string}` ? AnswerToGetSearch<Request> :
    Request extends `GET /v1/speech${string}` ? AnswerToGetSpeech<Request> :
    Request extends `GET /v1/audit${string}` ? AnswerToGetAudit<Request> :
    Request extends `GET /v1/board${string}` ? AnswerToGetBoard<Request> :
    Request extends `GET /v1/cases${string}` ? AnswerToGetCases<Request> :
    Request extends `GET /v1/items${string}` ? AnswerToGetItems<Request> :
    Request extends `GET /v1/order${string}` ? AnswerToGetOrder<Request> :
    Request extends `GET /v1/queue${string}` ? AnswerToGetQueue<Request> :
    Request extends `GET /v1/today${string}` ? AnswerToGetToday<Request> :
    Request extends `GET /v1/trips${string}` ? AnswerToGetTrips<Request> :
    Request extends `GET /v1/door${string}` ? AnswerToGetDoor<Request> :
    Request extends `GET /v1/feed${string}` ? AnswerToGetFeed<Request> :
    Request extends `GET /v1/hall${string}` ? AnswerToGetHall<Request> :
    Request extends `GET /${string}` ? AnswerToGetRoot<Request> :
    never;

  type AnswerToPost<Request extends string> =
    Request extends `POST /v1/reservations${string}` ? AnswerToPostReservations<Request> :
    Request extends `POST /v1/attendance${string}` ? AnswerToPostAttendance<Request> :
    Request extends `POST /v1/awareness${string}` ? AnswerToPostAwareness<Request> :
    Request extends `POST /v1/emergency${string}` ? AnswerToPostEmergency<Request> :
    Request extends `POST /v1/handovers${string}` ? AnswerToPostHandovers<Request> :
    Request extends `POST /v1/accounts${string}` ? AnswerToPostAccounts<Request> :
    Request extends `POST /v1/consults${string}` ? AnswerToPostConsults<Request> :
    Request extends `POST /v1/readings${string}` ? AnswerToPostReadings<Request> :
    Request extends `POST /v1/sessions${string}` ? AnswerToPostSessions<Request> :
    Request extends `POST /v1/notices${string}` ? AnswerToPostNotices<Request> :
    Request extends `POST /v1/tickets${string}` ? AnswerToPostTickets<Request> :
    Request extends `POST /v1/windows${string}` ? AnswerToPostWindows<Request> :
    Request extends `POST /v1/agency${string}` ? AnswerToPostAgency<Request> :
    Request extends `POST /v1/boards${string}` ? AnswerToPostBoards<Request> :
    Request extends `POST /v1/kiosks${string}` ? AnswerToPostKiosks<Request> :
    Request extends `POST /v1/leases${string}` ? AnswerToPostLeases<Request> :
    Request extends `POST /v1/cases${string}` ? AnswerToPostCases<Request> :
    Request extends `POST /v1/codes${string}` ? AnswerToPostCodes<Request> :
    Request extends `POST /v1/lanes${string}` ? AnswerToPostLanes<Request> :
    Request extends `POST /v1/order${string}` ? AnswerToPostOrder<Request> :
    Request extends `POST /v1/today${string}` ? AnswerToPostToday<Request> :
    Request extends `POST /v1/help${string}` ? AnswerToPostHelp<Request> :
    Request extends `POST /v1/day${string}` ? AnswerToPostDay<Request> :
    never;

  type AnswerToDeleteSessions<Request extends string> =
    Request extends `DELETE /v1/sessions/current${Query}` ? null :
    Request extends `DELETE /v1/sessions/${string}${Query}` ? null :
    never;

  type AnswerToGetReservations<Request extends string> =
    Request extends `GET /v1/reservations/slots${Query}` ? ReservationSlots :
    Request extends `GET /v1/reservations/${string}${Query}` ? Reservation :
    Request extends `GET /v1/reservations${Query}` ? ReservationList :
    never;

  type AnswerToGetCaseMonths<Request extends string> =
    Request extends `GET /v1/case-months${Query}` ? CaseMonth :
    Request extends `GET /v1/case-months.csv${Query}` ? null :
    never;

  type AnswerToGetEndedCases<Request extends string> =
    Request extends `GET /v1/ended-cases/${string}${Query}` ? Case :
    never;

  type AnswerToGetFirstAsked<Request extends string> =
    Request extends `GET /v1/first-asked/months${Query}` ? FirstAskedMonth :
    Request extends `GET /v1/first-asked${Query}` ? FirstAsked :
    never;

  type AnswerToGetAttendance<Request extends string> =
    Request extends `GET /v1/attendance/plans${Query}` ? DutySheet :
    Request extends `GET /v1/attendance${Query}` ? AttendanceSheet :
    Request extends `GET /v1/attendance.csv${Query}` ? null :
    never;

  type AnswerToGetAwareness<Request extends string> =
    Request extends `GET /v1/awareness/counts${Query}` ? {
      question: string | null;
      answers: Array<{
        answer: string;
        count: number;
      }>;
    } :
    never;

  type AnswerToGetEmergency<Request extends string> =
    Request extends `GET /v1/emergency${Query}` ? {
      /** Names of KeyboardEvent.key, held together. */
      keys: string[];
      /** How often within a second. */
      times: number;
      emergencies: Emergency[];
    } :
    never;

  type AnswerToGetHandovers<Request extends string> =
    Request extends `GET /v1/handovers${Query}` ? Handovers :
    never;

  type AnswerToGetPublicity<Request extends string> =
    Request extends `GET /v1/publicity/${string}${Query}` ? null :
    Request extends `GET /v1/publicity${Query}` ? Publicity :
    never;

  type AnswerToGetAccounts<Request extends string> =
    Request extends `GET /v1/accounts${Query}` ? {
      accounts: Account[];
    } :
    never;

  type AnswerToGetMachines<Request extends string> =
    Request extends `GET /v1/machines${Query}` ? Machines :
    never;

  type AnswerToGetSessions<Request extends string> =
    Request extends `GET /v1/sessions/current${Query}` ? Session :
    Request extends `GET /v1/sessions${Query}` ? {
      sessions: OpenSession[];
    } :
    never;

  type AnswerToGetSettings<Request extends string> =
    Request extends `GET /v1/settings/history/${string}${Query}` ? {
      number: number;
      at: string;
      by: string;
      sections: string[];
      /** Lines with `-` for what went and `+` for what came. */
      difference: string[];
    } :
    Request extends `GET /v1/settings/history${Query}` ? {
      entries: SettingsEntry[];
    } :
    never;

  type AnswerToGetTraining<Request extends string> =
    Request extends `GET /v1/training${Query}` ? TrainingReport :
    never;

  type AnswerToGetBundles<Request extends string> =
    Request extends `GET /v1/bundles/${string}${Query}` ? Bundle :
    Request extends `GET /v1/bundles${Query}` ? {
      bundles: BundleSummary[];
    } :
    never;

  type AnswerToGetNotices<Request extends string> =
    Request extends `GET /v1/notices/${string}${Query}` ? Notice :
    never;

  type AnswerToGetOpenapi<Request extends string> =
    Request extends `GET /v1/openapi.yaml${Query}` ? null :
    never;

  type AnswerToGetTickets<Request extends string> =
    Request extends `GET /v1/tickets/${string}/brought${Query}` ? Brought :
    Request extends `GET /v1/tickets/${string}${Query}` ? Ticket :
    never;

  type AnswerToGetWindows<Request extends string> =
    Request extends `GET /v1/windows/${string}/clerk${Query}` ? {
      badge: string | null;
      photo: string | null;
      /** Null where the configuration does not show it. */
      name: string | null;
      /** 党员先锋岗. */
      party_member: boolean;
      /** 顶岗: works in somebody's place. */
      substitute: boolean;
      /** What the screen says while the window is paused. */
      pause_text: string | null;
    } :
    Request extends `GET /v1/windows/${string}/photo${Query}` ? null :
    never;

  type AnswerToGetAgency<Request extends string> =
    Request extends `GET /v1/agency/batches/${string}${Query}` ? AgencyTrip :
    Request extends `GET /v1/agency/months${Query}` ? {
      months: Array<{
        month: string;
        running: boolean;
        entrusted: number;
        taken: number;
        declined: number;
        handed_in: number;
        delivered: number;
        filed: number;
        ended: number;
        asked: number;
        satisfied: number;
        late: number;
      }>;
    } :
    Request extends `GET /v1/agency/${string}${Query}` ? Agency :
    Request extends `GET /v1/agency${Query}` ? {
      agency: Agency[];
    } :
    never;

  type AnswerToGetKiosks<Request extends string> =
    Request extends `GET /v1/kiosks/${string}/readers${Query}` ? Readers :
    never;

  type AnswerToGetLeases<Request extends string> =
    Request extends `GET /v1/leases${Query}` ? Leases :
    never;

  type AnswerToGetSearch<Request extends string> =
    Request extends `GET /v1/search${Query}` ? SearchTable :
    never;

  type AnswerToGetSpeech<Request extends string> =
    Request extends `GET /v1/speech${Query}` ? null :
    never;

  type AnswerToGetAudit<Request extends string> =
    Request extends `GET /v1/audit${Query}` ? {
      lines: Array<{
        at: string;
        event: string;
        /** The line for people, without its time. */
        words: string;
      }>;
      /** Where older lines begin; null at the end of what is kept. */
      next: string | null;
      /** What `event` may be. */
      events: Array<{
        code: string;
        words: string;
      }>;
    } :
    never;

  type AnswerToGetBoard<Request extends string> =
    Request extends `GET /v1/board/machines${Query}` ? BoardMachines :
    never;

  type AnswerToGetCases<Request extends string> =
    Request extends `GET /v1/cases/${string}/slips/${string}${Query}` ? null :
    Request extends `GET /v1/cases/${string}${Query}` ? Case | CaseProgress :
    Request extends `GET /v1/cases${Query}` ? {
      cases: Case[];
    } :
    never;

  type AnswerToGetItems<Request extends string> =
    Request extends `GET /v1/items/${string}/checklist${Query}` ? Checklist :
    Request extends `GET /v1/items/${string}${Query}` ? Item :
    Request extends `GET /v1/items${Query}` ? Items :
    never;

  type AnswerToGetOrder<Request extends string> =
    Request extends `GET /v1/order${Query}` ? OrderReason :
    never;

  type AnswerToGetQueue<Request extends string> =
    Request extends `GET /v1/queue${Query}` ? Queue :
    never;

  type AnswerToGetToday<Request extends string> =
    Request extends `GET /v1/today${Query}` ? Today :
    never;

  type AnswerToGetTrips<Request extends string> =
    Request extends `GET /v1/trips/${string}${Query}` ? Trip :
    never;

  type AnswerToGetDoor<Request extends string> =
    Request extends `GET /v1/door${Query}` ? {
      /** Null without a door. */
      certificate_until: string | null;
    } :
    never;

  type AnswerToGetFeed<Request extends string> =
    Request extends `GET /v1/feed/kiosk${Query}` ? null :
    Request extends `GET /v1/feed/public${Query}` ? null :
    Request extends `GET /v1/feed${Query}` ? null :
    never;

  type AnswerToGetHall<Request extends string> =
    Request extends `GET /v1/hall${Query}` ? Hall :
    never;

  type AnswerToGetRoot<Request extends string> =
    Request extends `GET /board/enter${Query}` ? never :
    Request extends `GET /healthz${Query}` ? {
      status: "ok";
      /** Only in a training (演练). */
      training?: true;
    } :
    Request extends `GET /metrics${Query}` ? null :
    Request extends `GET /readyz${Query}` ? {
      /** Only in a training (演练). */
      training?: true;
      ready: boolean;
      journal?: "ok" | "fault" | "cut_off" | "behind" | "awaiting_staff";
      /** Whether numbers are taken in, or wait until earlier slips are accounted for. */
      intake?: "open" | "reconciling_prints";
      business_day?: string | null;
      catalogue_version?: string;
      faults?: Fault[];
      printers?: Printer[];
    } :
    never;

  type AnswerToPostReservations<Request extends string> =
    Request extends `POST /v1/reservations/${string}/cancel${Query}` ? Reservation :
    Request extends `POST /v1/reservations/${string}/check-in${Query}` ? Ticket :
    Request extends `POST /v1/reservations/cancel-day${Query}` ? {} :
    Request extends `POST /v1/reservations${Query}` ? Reservation :
    never;

  type AnswerToPostAttendance<Request extends string> =
    Request extends `POST /v1/attendance/plans/table${Query}` ? {
      state: "noted";
    } :
    Request extends `POST /v1/attendance/plans/withdraw${Query}` ? {
      state: "noted";
    } :
    Request extends `POST /v1/attendance/inspections${Query}` ? {
      state: "noted";
    } :
    Request extends `POST /v1/attendance/notes${Query}` ? {
      state: "noted";
    } :
    Request extends `POST /v1/attendance/plans${Query}` ? {
      state: "noted";
    } :
    never;

  type AnswerToPostAwareness<Request extends string> =
    Request extends `POST /v1/awareness${Query}` ? {
      state: "counted";
    } :
    never;

  type AnswerToPostEmergency<Request extends string> =
    Request extends `POST /v1/emergency/${string}/end${Query}` ? EmergencyStep :
    Request extends `POST /v1/emergency/${string}/take${Query}` ? EmergencyStep :
    Request extends `POST /v1/emergency${Query}` ? EmergencyStep :
    never;

  type AnswerToPostHandovers<Request extends string> =
    Request extends `POST /v1/handovers${Query}` ? HandoverList :
    never;

  type AnswerToPostAccounts<Request extends string> =
    Request extends `POST /v1/accounts/${string}/release${Query}` ? null :
    Request extends `POST /v1/accounts/${string}/secret${Query}` ? {
      badge: string;
      name: string;
      /** 12 letters and digits in groups of four. */
      secret: string;
    } :
    never;

  type AnswerToPostConsults<Request extends string> =
    Request extends `POST /v1/consults/${string}/close${Query}` ? Consult :
    Request extends `POST /v1/consults/${string}/reassign${Query}` ? Consult :
    Request extends `POST /v1/consults${Query}` ? Consult :
    never;

  type AnswerToPostReadings<Request extends string> =
    Request extends `POST /v1/readings${Query}` ? null :
    never;

  type AnswerToPostSessions<Request extends string> =
    Request extends `POST /v1/sessions/current/pin${Query}` ? null :
    Request extends `POST /v1/sessions/current/secret${Query}` ? null :
    Request extends `POST /v1/sessions${Query}` ? Session :
    never;

  type AnswerToPostNotices<Request extends string> =
    Request extends `POST /v1/notices${Query}` ? Notice :
    never;

  type AnswerToPostTickets<Request extends string> =
    Request extends `POST /v1/tickets/${string}/abandon${Query}` ? Ticket :
    Request extends `POST /v1/tickets/${string}/acknowledge${Query}` ? Ticket | Notice :
    Request extends `POST /v1/tickets/${string}/check-in${Query}` ? Ticket :
    Request extends `POST /v1/tickets/${string}/link${Query}` ? Ticket :
    Request extends `POST /v1/tickets/${string}/priority${Query}` ? Ticket :
    Request extends `POST /v1/tickets/${string}/reprint${Query}` ? Ticket | Notice :
    Request extends `POST /v1/tickets${Query}` ? Ticket :
    never;

  type AnswerToPostWindows<Request extends string> =
    Request extends `POST /v1/windows/${string}/abandon${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/calls${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/close${Query}` ? Window :
    Request extends `POST /v1/windows/${string}/finish${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/finish-and-call${Query}` ? FinishedAndCalled :
    Request extends `POST /v1/windows/${string}/finish-unnumbered${Query}` ? Window :
    Request extends `POST /v1/windows/${string}/items${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/miss${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/open${Query}` ? Window :
    Request extends `POST /v1/windows/${string}/pause${Query}` ? Window :
    Request extends `POST /v1/windows/${string}/recall${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/resume${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/serve${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/serve-unnumbered${Query}` ? Window :
    Request extends `POST /v1/windows/${string}/suspend${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/transfer${Query}` ? Ticket :
    Request extends `POST /v1/windows/${string}/undo${Query}` ? Ticket :
    never;

  type AnswerToPostAgency<Request extends string> =
    Request extends `POST /v1/agency/${string}/ask${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/decline${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/deliver${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/end${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/fetch${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/file${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/give-back${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/hand-in${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/reassign${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/renew${Query}` ? Agency :
    Request extends `POST /v1/agency/${string}/take${Query}` ? Agency :
    Request extends `POST /v1/agency/batches${Query}` ? AgencyBatch :
    Request extends `POST /v1/agency${Query}` ? Agency :
    never;

  type AnswerToPostBoards<Request extends string> =
    Request extends `POST /v1/boards/${string}/beat${Query}` ? null :
    never;

  type AnswerToPostKiosks<Request extends string> =
    Request extends `POST /v1/kiosks/${string}/page/decision${Query}` ? {
      kiosk: string;
      state: string;
    } :
    Request extends `POST /v1/kiosks/${string}/beat${Query}` ? null :
    Request extends `POST /v1/kiosks/${string}/cards${Query}` ? {
      reading: boolean;
    } :
    Request extends `POST /v1/kiosks/${string}/page${Query}` ? {
      kiosk: string;
      page: number;
    } :
    Request extends `POST /v1/kiosks/${string}/roll${Query}` ? Roll :
    never;

  type AnswerToPostLeases<Request extends string> =
    Request extends `POST /v1/leases/by-hand${Query}` ? Ticket :
    Request extends `POST /v1/leases/slips${Query}` ? {} :
    Request extends `POST /v1/leases/tickets${Query}` ? Ticket :
    never;

  type AnswerToPostCases<Request extends string> =
    Request extends `POST /v1/cases/${string}/accept${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/collect${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/confirm${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/correct${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/corrections${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/decide${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/delivered${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/explain${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/extend${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/forward${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/further${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/on-spot${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/papers${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/pause${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/place${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/print${Query}` ? Case | CaseProgress :
    Request extends `POST /v1/cases/${string}/propose-refusal${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/ready${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/reassign${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/redirect${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/refuse${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/resume${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/send${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/served${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/told${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/undo-accept${Query}` ? Case :
    Request extends `POST /v1/cases/${string}/unmask${Query}` ? Applicant :
    Request extends `POST /v1/cases/${string}/withdraw${Query}` ? Case :
    Request extends `POST /v1/cases/find${Query}` ? {
      cases: Case[];
    } :
    Request extends `POST /v1/cases${Query}` ? Case :
    never;

  type AnswerToPostCodes<Request extends string> =
    Request extends `POST /v1/codes${Query}` ? CodeMeaning :
    never;

  type AnswerToPostLanes<Request extends string> =
    Request extends `POST /v1/lanes/${string}/pause${Query}` ? {
      arrangements: Arrangements;
    } :
    Request extends `POST /v1/lanes/${string}/resume${Query}` ? {
      arrangements: Arrangements;
    } :
    never;

  type AnswerToPostOrder<Request extends string> =
    Request extends `POST /v1/order/print${Query}` ? OrderPrinted :
    never;

  type AnswerToPostToday<Request extends string> =
    Request extends `POST /v1/today/session/cancel${Query}` ? {
      arrangements: Arrangements;
    } :
    Request extends `POST /v1/today/frequent${Query}` ? {
      arrangements: Arrangements;
    } :
    Request extends `POST /v1/today/publicity${Query}` ? {
      arrangements: Arrangements;
    } :
    Request extends `POST /v1/today/session${Query}` ? {
      arrangements: Arrangements;
    } :
    never;

  type AnswerToPostHelp<Request extends string> =
    Request extends `POST /v1/help/${string}/answer${Query}` ? HelpState :
    Request extends `POST /v1/help/${string}/hear${Query}` ? HelpState :
    Request extends `POST /v1/help${Query}` ? HelpRing :
    never;

  type AnswerToPostDay<Request extends string> =
    Request extends `POST /v1/day/close${Query}` ? Day :
    Request extends `POST /v1/day/open${Query}` ? Day :
    never;

  /** What a request takes. */
  type Body<Method extends string, Path extends string> = BodyOf<`${Method} ${Path}`>;

  type BodyOf<Request extends string> =
    Request extends `${string} /dock/${string}` ? any :
    Request extends `POST ${string}` ? BodyOfPost<Request> :
    never;

  type BodyOfPost<Request extends string> =
    Request extends `POST /v1/reservations${string}` ? BodyOfPostReservations<Request> :
    Request extends `POST /v1/attendance${string}` ? BodyOfPostAttendance<Request> :
    Request extends `POST /v1/awareness${string}` ? BodyOfPostAwareness<Request> :
    Request extends `POST /v1/emergency${string}` ? BodyOfPostEmergency<Request> :
    Request extends `POST /v1/handovers${string}` ? BodyOfPostHandovers<Request> :
    Request extends `POST /v1/consults${string}` ? BodyOfPostConsults<Request> :
    Request extends `POST /v1/readings${string}` ? BodyOfPostReadings<Request> :
    Request extends `POST /v1/sessions${string}` ? BodyOfPostSessions<Request> :
    Request extends `POST /v1/notices${string}` ? BodyOfPostNotices<Request> :
    Request extends `POST /v1/tickets${string}` ? BodyOfPostTickets<Request> :
    Request extends `POST /v1/windows${string}` ? BodyOfPostWindows<Request> :
    Request extends `POST /v1/agency${string}` ? BodyOfPostAgency<Request> :
    Request extends `POST /v1/kiosks${string}` ? BodyOfPostKiosks<Request> :
    Request extends `POST /v1/leases${string}` ? BodyOfPostLeases<Request> :
    Request extends `POST /v1/cases${string}` ? BodyOfPostCases<Request> :
    Request extends `POST /v1/codes${string}` ? BodyOfPostCodes<Request> :
    Request extends `POST /v1/lanes${string}` ? BodyOfPostLanes<Request> :
    Request extends `POST /v1/order${string}` ? BodyOfPostOrder<Request> :
    Request extends `POST /v1/today${string}` ? BodyOfPostToday<Request> :
    Request extends `POST /v1/help${string}` ? BodyOfPostHelp<Request> :
    Request extends `POST /v1/day${string}` ? BodyOfPostDay<Request> :
    never;

  type BodyOfPostReservations<Request extends string> =
    Request extends `POST /v1/reservations/${string}/cancel${Query}` ? {} :
    Request extends `POST /v1/reservations/${string}/check-in${Query}` ? {
      kiosk?: string;
      large_type?: boolean;
      language?: "zh" | "en";
    } :
    Request extends `POST /v1/reservations/cancel-day${Query}` ? {
      date: string;
    } :
    Request extends `POST /v1/reservations${Query}` ? {
      items?: string[];
      lane?: string;
      date: string;
      /** The start of a slot, as 09:30. */
      from: string;
      kiosk?: string;
      large_type?: boolean;
      language?: "zh" | "en";
      /** At consoles only; sealed under a key that is destroyed when the date is over. */
      name?: string;
      /** Likewise; 5 to 20 digits. */
      phone?: string;
      /** The token of the card that was read at the kiosk; the same card makes the number then. */
      card?: string;
    } :
    never;

  type BodyOfPostAttendance<Request extends string> =
    Request extends `POST /v1/attendance/plans/table${Query}` ? {
      /** 日期, 工号, 窗口, 场次; cells separated by commas or tabs, at most 500 lines. */
      text: string;
    } :
    Request extends `POST /v1/attendance/plans/withdraw${Query}` ? {
      badge: string;
      date: string;
    } :
    Request extends `POST /v1/attendance/inspections${Query}` ? {
      badge?: string;
      window?: number;
      kind: "no_badge" | "away" | "phone" | "dress" | "tidy" | "other";
      text: string;
    } :
    Request extends `POST /v1/attendance/notes${Query}` ? {
      badge: string;
      date: string;
      session?: number;
      kind: "leave" | "fieldwork" | "meeting" | "training" | "substitute" | "clock";
      substituted?: string;
      reason?: string;
    } :
    Request extends `POST /v1/attendance/plans${Query}` ? {
      badge: string;
      date: string;
      window?: number;
      sessions: number[];
    } :
    never;

  type BodyOfPostAwareness<Request extends string> =
    Request extends `POST /v1/awareness${Query}` ? {
      question: string;
      answer: number;
      kiosk?: string;
    } :
    never;

  type BodyOfPostEmergency<Request extends string> =
    Request extends `POST /v1/emergency/${string}/end${Query}` ? {
      /** Nobody had needed help. */
      false?: boolean;
    } :
    Request extends `POST /v1/emergency/${string}/take${Query}` ? {} :
    Request extends `POST /v1/emergency${Query}` ? {} :
    never;

  type BodyOfPostHandovers<Request extends string> =
    Request extends `POST /v1/handovers${Query}` ? {
      department: string;
      kiosk?: string;
    } :
    never;

  type BodyOfPostConsults<Request extends string> =
    Request extends `POST /v1/consults/${string}/close${Query}` ? {
      result: string;
    } :
    Request extends `POST /v1/consults/${string}/reassign${Query}` ? {
      to: string;
      reason: string;
    } :
    Request extends `POST /v1/consults${Query}` ? {
      item?: string;
      topic?: string;
      answer: "told" | "passed_on" | "asked_superior" | "elsewhere";
      to?: string;
      due?: string;
    } :
    never;

  type BodyOfPostReadings<Request extends string> =
    Request extends `POST /v1/readings${Query}` ? {
      text: string;
      /** en; anything else is Mandarin. */
      lang?: string;
    } :
    never;

  type BodyOfPostSessions<Request extends string> =
    Request extends `POST /v1/sessions/current/pin${Query}` ? {
      /** The secret that holds. */
      secret: string;
      /** 4 to 8 digits, not a common number; null or left out for none. */
      pin?: string | null;
    } :
    Request extends `POST /v1/sessions/current/secret${Query}` ? {
      /** The present one. */
      secret: string;
      /** 8 to 128 characters, not a common one. */
      new_secret: string;
    } :
    Request extends `POST /v1/sessions${Query}` ? {
      badge: string;
      /** The secret; with `code` and `window` a clerk's badge PIN instead. */
      secret?: string;
      window?: number;
      /** The badge's code as it was scanned; it says whose it is. Only with it, and where the hall opens windows by badge alone, the secret may be missing. */
      code?: string;
    } :
    never;

  type BodyOfPostNotices<Request extends string> =
    Request extends `POST /v1/notices${Query}` ? {
      item: string;
      /** Keys of situations; `none:QUESTION` where none of a question's answers is the case. A question without either is open. */
      situations?: string[];
      ticket?: string;
      kiosk?: string;
      /** The notice is drawn in large type (大字); a reprint keeps it. */
      large_type?: boolean;
      /** What the resident has, by names under `bring` of the list for these situations. With `missing` 100 names at most. */
      have?: string[];
      /** What the resident misses; stands first on the slip. A name in both lists is missing. */
      missing?: string[];
    } :
    never;

  type BodyOfPostTickets<Request extends string> =
    Request extends `POST /v1/tickets/${string}/abandon${Query}` ? {} :
    Request extends `POST /v1/tickets/${string}/acknowledge${Query}` ? {} :
    Request extends `POST /v1/tickets/${string}/check-in${Query}` ? {} :
    Request extends `POST /v1/tickets/${string}/link${Query}` ? {
      notice?: string;
      case?: string;
      batch?: string;
    } :
    Request extends `POST /v1/tickets/${string}/priority${Query}` ? {
      priority: boolean;
      reason?: "age" | "disability" | "pregnant" | "infant" | "military" | "illness" | "other";
    } :
    Request extends `POST /v1/tickets/${string}/reprint${Query}` ? {
      kiosk?: string;
    } :
    Request extends `POST /v1/tickets${Query}` ? {
      items?: string[];
      lane?: string;
      /** 优, claimed by the resident. It may be called before ordinary numbers that came earlier. */
      priority?: boolean;
      kiosk?: string;
      /** The slip is drawn in large type (大字); a reprint keeps it. */
      large_type?: boolean;
      /** What the slip is written in; Chinese without it. A reprint keeps it. */
      language?: "zh" | "en";
      /** The code of the one-time notice that the resident brought. */
      notice?: string;
      /** The code of the case that they come for. */
      case?: string;
      /** The code of an agent's trip; with `lane` the number is for all that it carries there. */
      batch?: string;
      /** 仍要取号, after done_elsewhere was told. */
      insist?: boolean;
      /** Names the card (cardRead) or the agent's badge (codeScanned) shown at this kiosk a moment ago; kiosk listener. */
      card?: string;
      /** 代他人取号 with the card of who came. */
      by_proxy?: boolean;
      /** Why a clerk gives one number more than a person may hold; 1 to 60 characters. */
      reason?: string;
    } :
    never;

  type BodyOfPostWindows<Request extends string> =
    Request extends `POST /v1/windows/${string}/abandon${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/calls${Query}` ? {
      ticket?: string;
      reason?: string;
    } :
    Request extends `POST /v1/windows/${string}/close${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/finish${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/finish-and-call${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/finish-unnumbered${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/items${Query}` ? {
      items: string[];
    } :
    Request extends `POST /v1/windows/${string}/miss${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/open${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/pause${Query}` ? {
      code?: PauseCode;
      /** Needed with `other` and without a code. */
      reason?: string;
    } :
    Request extends `POST /v1/windows/${string}/recall${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/resume${Query}` ? {
      ticket: string;
    } :
    Request extends `POST /v1/windows/${string}/serve${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/serve-unnumbered${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/suspend${Query}` ? {} :
    Request extends `POST /v1/windows/${string}/transfer${Query}` ? {
      /** Either this or `window`. */
      lane?: string;
      /** The one window that calls it; it must be open, or paused with `insist`. */
      window?: number;
      /** `wrong_window`, `needs_department`, `language`, `police`, `other`, or the clerk's own words, which the third transfer of a ticket needs. */
      reason: string;
      /** Its items from now on, where they were wrong; left out or empty, they stay. */
      items?: string[];
      /** Although no window that could call it is open. */
      insist?: boolean;
    } :
    Request extends `POST /v1/windows/${string}/undo${Query}` ? {} :
    never;

  type BodyOfPostAgency<Request extends string> =
    Request extends `POST /v1/agency/${string}/ask${Query}` ? {
      answer: "very_satisfied" | "satisfied" | "basically_satisfied" | "dissatisfied" | "very_dissatisfied" | "not_reached";
      by: "phone" | "visit";
    } :
    Request extends `POST /v1/agency/${string}/decline${Query}` ? {
      ground: "in_person" | "papers" | "elsewhere" | "other";
      reason: string;
      originals_returned?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/deliver${Query}` ? {
      signed?: boolean;
      fee?: {
        fen: number;
        receipt: string;
      };
    } :
    Request extends `POST /v1/agency/${string}/end${Query}` ? {
      by: "principal" | "agent" | "death" | "impossible";
      reason: string;
      originals_returned?: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/fetch${Query}` ? {
      originals?: number[];
      finished?: boolean;
      /** Of the other one, who is signed in. */
      badge?: string;
      /** Signed for on paper. */
      signed?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/file${Query}` ? {
      sheets: number;
    } :
    Request extends `POST /v1/agency/${string}/give-back${Query}` ? {
      originals: number[];
      signed?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/hand-in${Query}` ? {
      originals?: number[];
      kept?: number[];
      town_case?: string;
      town_number?: string;
      /** Of the other one, who is signed in. */
      badge?: string;
      /** Signed for on paper. */
      signed?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/reassign${Query}` ? {
      to: string;
      reason: string;
      agreed?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/renew${Query}` ? {
      until: string;
      reason: string;
      signed?: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/agency/${string}/take${Query}` ? {
      missing?: string[];
    } :
    Request extends `POST /v1/agency/batches${Query}` ? {
      agency: string[];
      kiosk?: string;
    } :
    Request extends `POST /v1/agency${Query}` ? {
      item: string;
      situations?: string[];
      principal: {
        name: string;
        number?: string;
        phone?: string;
      };
      originals?: Array<{
        name: string;
        count?: number;
        /** The last four characters of its number. */
        mark?: string;
      }>;
      copies?: Array<{
        name: string;
        count: number;
      }>;
      until?: string;
      /** Number and code of the paper that a station without network has printed; its day stays. */
      paper?: {
        number: string;
        code: string;
      };
      kiosk?: string;
      large_type?: boolean;
    } :
    never;

  type BodyOfPostKiosks<Request extends string> =
    Request extends `POST /v1/kiosks/${string}/page/decision${Query}` ? {
      allow: boolean;
    } :
    Request extends `POST /v1/kiosks/${string}/cards${Query}` ? {
      read: boolean;
      /** The page went home: what lies on the reader is nobody's until the field was empty for a second. */
      home?: boolean;
    } :
    Request extends `POST /v1/kiosks/${string}/page${Query}` ? {
      secret?: string;
    } :
    Request extends `POST /v1/kiosks/${string}/roll${Query}` ? {} :
    never;

  type BodyOfPostLeases<Request extends string> =
    Request extends `POST /v1/leases/by-hand${Query}` ? {
      number: string;
      /** What became of it by voice; a slip without it waits. */
      done: "served" | "missing";
    } :
    Request extends `POST /v1/leases/slips${Query}` ? {
      lane: string;
    } :
    Request extends `POST /v1/leases/tickets${Query}` ? {
      number: string;
      items?: string[];
      priority?: boolean;
      /** When it was given, today; now without it. */
      given_at?: string;
      /** What became of it by voice; a slip without it waits. */
      done?: "served" | "missing";
    } :
    never;

  type BodyOfPostCases<Request extends string> =
    Request extends `POST /v1/cases/${string}/accept${Query}` ? {
      immediate?: boolean;
      owed_by?: string;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/collect${Query}` ? {
      by: "self" | "relative" | "agent";
      shown: "card" | "receipt" | "proxy";
      signed?: boolean;
      originals_returned?: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/confirm${Query}` ? {
      differs?: string[];
    } :
    Request extends `POST /v1/cases/${string}/correct${Query}` ? {
      field: "applicant" | "bearer" | "originals" | "copies" | "department" | "acceptance" | "outcome";
      material?: string;
      value?: string;
      applicant?: {
        name: string;
        number?: string;
        phone?: string;
        bearer?: string;
      };
      reason: string;
      second: string;
    } :
    Request extends `POST /v1/cases/${string}/corrections${Query}` ? {
      lines: Array<{
        material?: string;
        reasons: Array<"missing" | "too_few" | "expired" | "mismatch" | "unsigned" | "illegible" | "not_original" | "wrong_form" | "incomplete" | "shared_failed" | "other">;
        name?: string;
        ask?: string;
        words?: string;
        basis?: string;
        second?: string;
      }>;
      electronic?: boolean;
      second_reason?: string;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/decide${Query}` ? {
      outcome: "granted" | "denied" | "other";
      results?: Array<{
        name: string;
        copies?: number;
        electronic?: boolean;
      }>;
    } :
    Request extends `POST /v1/cases/${string}/delivered${Query}` ? {
      on?: string;
    } :
    Request extends `POST /v1/cases/${string}/explain${Query}` ? {
      text: string;
      expected?: string;
      tells_remedy?: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/extend${Query}` ? {
      count: number;
      unit: "working_day" | "natural_day" | "month";
      head: string;
      reason: string;
      article: string;
      told?: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/forward${Query}` ? {
      department: string;
      materials?: string[];
      kept?: Array<{
        material: string;
        count: number;
      }>;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/further${Query}` ? {
      lines: Array<{
        material?: string;
        reasons: Array<"missing" | "too_few" | "expired" | "mismatch" | "unsigned" | "illegible" | "not_original" | "wrong_form" | "incomplete" | "shared_failed" | "other">;
        name?: string;
        ask?: string;
        words?: string;
        basis?: string;
        second?: string;
      }>;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/on-spot${Query}` ? {
      material: string;
      what: string;
    } :
    Request extends `POST /v1/cases/${string}/papers${Query}` ? {
      papers: Array<{
        material: string;
        originals?: number;
        copies?: number;
        seen?: boolean;
        electronic?: boolean;
      }>;
      complete: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/pause${Query}` ? {
      stage: string;
      from?: string;
      expected_days: number;
      told?: boolean;
      reason?: string;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/place${Query}` ? {
      place: string;
    } :
    Request extends `POST /v1/cases/${string}/print${Query}` ? {
      number?: string;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/propose-refusal${Query}` ? {
      ground: "not_needed" | "not_competent" | "other";
      article: string;
      text: string;
      told?: string;
    } :
    Request extends `POST /v1/cases/${string}/ready${Query}` ? {
      place: string;
    } :
    Request extends `POST /v1/cases/${string}/reassign${Query}` ? {
      to: string;
      reason: string;
    } :
    Request extends `POST /v1/cases/${string}/redirect${Query}` ? {
      organ: string;
      address: string;
      phone: string;
      originals_returned?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/refuse${Query}` ? {
      originals_returned?: boolean;
      kiosk?: string;
      large_type?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/resume${Query}` ? {
      to?: string;
    } :
    Request extends `POST /v1/cases/${string}/send${Query}` ? {
      how: "post" | "agent" | "electronic";
      reference?: string;
      originals_returned?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/served${Query}` ? {
      how: "signed" | "refused_to_sign" | "agent_signed" | "posted" | "electronic";
      witnesses?: string[];
      by_hand?: boolean;
    } :
    Request extends `POST /v1/cases/${string}/told${Query}` ? {
      number: string;
    } :
    Request extends `POST /v1/cases/${string}/undo-accept${Query}` ? {} :
    Request extends `POST /v1/cases/${string}/unmask${Query}` ? {
      reason: string;
    } :
    Request extends `POST /v1/cases/${string}/withdraw${Query}` ? {
      originals_returned?: boolean;
    } :
    Request extends `POST /v1/cases/find${Query}` ? {
      number: string;
    } :
    Request extends `POST /v1/cases${Query}` ? {
      item: string;
      situations?: string[];
      ticket?: string;
      applicant?: {
        name: string;
        number?: string;
        phone?: string;
        bearer?: string;
      };
      by?: "self" | "relative" | "agent";
      papers?: Array<{
        material: string;
        originals?: number;
        copies?: number;
        seen?: boolean;
        electronic?: boolean;
      }>;
      received_on?: string;
      kiosk?: string;
      large_type?: boolean;
      /** The agency case that an agent brings; then whose matter it is need not be said. */
      agency?: string;
    } :
    never;

  type BodyOfPostCodes<Request extends string> =
    Request extends `POST /v1/codes${Query}` ? {
      text: string;
    } :
    never;

  type BodyOfPostLanes<Request extends string> =
    Request extends `POST /v1/lanes/${string}/pause${Query}` ? {
      reason: string;
    } :
    Request extends `POST /v1/lanes/${string}/resume${Query}` ? {} :
    never;

  type BodyOfPostOrder<Request extends string> =
    Request extends `POST /v1/order/print${Query}` ? {
      before: string;
      after: string;
      /** The kiosk whose printer prints it. */
      printer: string;
      language?: "zh" | "en";
    } :
    never;

  type BodyOfPostToday<Request extends string> =
    Request extends `POST /v1/today/session/cancel${Query}` ? {
      date?: string;
    } :
    Request extends `POST /v1/today/frequent${Query}` ? {
      items: string[];
    } :
    Request extends `POST /v1/today/publicity${Query}` ? {
      title: string;
      lines: string[];
    } :
    Request extends `POST /v1/today/session${Query}` ? {
      /** Today's or a coming one, at most 31 days from now; without it, the date of the clock. */
      date?: string;
      from: string;
      to: string;
    } :
    never;

  type BodyOfPostHelp<Request extends string> =
    Request extends `POST /v1/help/${string}/answer${Query}` ? {} :
    Request extends `POST /v1/help/${string}/hear${Query}` ? {} :
    Request extends `POST /v1/help${Query}` ? {
      kiosk?: string;
    } :
    never;

  type BodyOfPostDay<Request extends string> =
    Request extends `POST /v1/day/close${Query}` ? {
      force?: boolean;
    } :
    Request extends `POST /v1/day/open${Query}` ? {
      /** The date was held against a calendar. */
      confirm?: boolean;
      /** With `confirm`, a day that was left open is closed first. */
      close_other?: boolean;
    } :
    never;
}
