use rstest::rstest;

use super::*;
use crate::yaml::parse;

fn schedule(text: &str) -> Result<Schedule, ScheduleError> {
    let root = Value::read(&parse("f.yml", &format!("a: {text}")).unwrap()).unwrap();
    parse_schedule(root.get("a").unwrap())
}

#[rstest]
#[case("daily", Schedule::Daily)]
#[case("never", Schedule::Never)]
#[case("non_existing", Schedule::NonExisting)]
#[case("hourly(5)", Schedule::Hourly { from: 5, to: 5 })]
#[case("hour(22-3)", Schedule::Hourly { from: 22, to: 3 })]
#[case("weekly(monday|thu)", Schedule::Weekly(vec![0, 3]))]
#[case("week (su)", Schedule::Weekly(vec![6]))]
#[case("weekly(m|t|w|r|f|s|u)", Schedule::Weekly(vec![0, 1, 2, 3, 4, 5, 6]))]
#[case("monthly(31)", Schedule::Monthly(31))]
#[case("month(last)", Schedule::MonthlyLast)]
#[case("yearly(02/29)", Schedule::Yearly { month: 2, day: 29 })]
#[case("date(12/24/2026)", Schedule::Date { year: 2026, month: 12, day: 24 })]
#[case("range(12/15-01/06)", Schedule::Range(vec![((12, 15), (1, 6))]))]
#[case("range(12/15-01/06|03/01-03/02)", Schedule::Range(vec![((12, 15), (1, 6)), ((3, 1), (3, 2))]))]
#[case("Daily, weekly(mon)", Schedule::Any(vec![Schedule::Daily, Schedule::Weekly(vec![0])]))]
#[case("[monthly(1), weekly(mon)]", Schedule::Any(vec![Schedule::Monthly(1), Schedule::Weekly(vec![0])]))]
#[case("'all[weekly(mon), range(01/01-02/01)]'", Schedule::All(vec![Schedule::Weekly(vec![0]), Schedule::Range(vec![((1, 1), (2, 1))])]))]
#[case("['all[daily, monthly(2)]', never]", Schedule::Any(vec![Schedule::All(vec![Schedule::Daily, Schedule::Monthly(2)]), Schedule::Never]))]
fn schedules_are_parsed(#[case] text: &str, #[case] read: Schedule) {
    assert_eq!(schedule(text), Ok(read));
}

#[rstest]
#[case("", "the schedule is blank")]
#[case("[]", "the schedule is blank")]
#[case("weekley", "\"weekley\" is not a schedule; did you mean \"weekly\"?")]
#[case("weekyl(sunday)", "did you mean \"weekly\"?")]
#[case("hourl(5)", "did you mean \"hourly\"?")]
#[case("mothly(1)", "did you mean \"monthly\"?")]
#[case("yearyl(01/01)", "did you mean \"yearly\"?")]
#[case("dayly", "\"dayly\" is not a schedule; did you mean \"daily\"?")]
#[case("weekly(mon,sun)", "open bracket; inside brackets separate with |")]
#[case("weekly(someday)", "must be written weekly(monday) or weekly(mon|sun)")]
#[case("hourly(24)", "must be written hourly(H)")]
#[case("monthly(32)", "must be written monthly(D)")]
#[case("yearly(02/30)", "must be written yearly(MM/DD)")]
#[case("yearly(13/01)", "must be written yearly(MM/DD)")]
#[case("date(02/29/2027)", "must be written date(MM/DD/YYYY)")]
#[case("range(01/01)", "must be written range(MM/DD-MM/DD)")]
#[case("'daily, all[never]'", "all[…] must be the only schedule on its line")]
fn an_invalid_schedule_is_an_error(#[case] text: &str, #[case] expected: &str) {
    let error = schedule(text).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[rstest]
#[case::daily("daily", (2026, 11, 28, 3), true)]
#[case::never("never", (2026, 11, 28, 3), false)]
#[case::hour("hourly(3)", (2026, 11, 28, 3), true)]
#[case::other_hour("hourly(4)", (2026, 11, 28, 3), false)]
#[case::over_midnight_before("hourly(22-3)", (2026, 11, 28, 23), true)]
#[case::over_midnight_after("hourly(22-3)", (2026, 11, 28, 3), true)]
#[case::not_over_midnight("hourly(22-3)", (2026, 11, 28, 12), false)]
#[case::saturday("weekly(saturday)", (2026, 11, 28, 0), true)]
#[case::several_days("weekly(mon|s)", (2026, 11, 28, 0), true)]
#[case::sunday("weekly(sunday)", (2026, 11, 28, 0), false)]
#[case::leap_day_is_a_thursday("weekly(th)", (2024, 2, 29, 0), true)]
#[case::january("weekly(thursday)", (2026, 1, 1, 0), true)]
#[case::day_of_month("monthly(28)", (2026, 11, 28, 0), true)]
#[case::short_month("monthly(31)", (2026, 11, 30, 0), false)]
#[case::last("monthly(last)", (2026, 11, 30, 0), true)]
#[case::last_of_february("monthly(last)", (2028, 2, 29, 0), true)]
#[case::not_last("monthly(last)", (2028, 2, 28, 0), false)]
#[case::yearly("yearly(11/28)", (2026, 11, 28, 0), true)]
#[case::leap_day_on_the_28th("yearly(02/29)", (2026, 2, 28, 0), true)]
#[case::leap_day("yearly(02/29)", (2028, 2, 29, 0), true)]
#[case::not_the_28th_then("yearly(02/29)", (2028, 2, 28, 0), false)]
#[case::date("date(11/28/2026)", (2026, 11, 28, 0), true)]
#[case::another_year("date(11/28/2025)", (2026, 11, 28, 0), false)]
#[case::range("range(11/01-11/28)", (2026, 11, 28, 0), true)]
#[case::over_new_year("range(12/15-01/06)", (2026, 1, 6, 0), true)]
#[case::before_new_year("range(12/15-01/06)", (2026, 12, 31, 0), true)]
#[case::outside("range(12/15-01/06)", (2026, 1, 7, 0), false)]
#[case::second_range("range(03/01-03/02|11/20-11/30)", (2026, 11, 28, 0), true)]
#[case::one_of("never, monthly(28)", (2026, 11, 28, 0), true)]
#[case::all_of("'all[weekly(sat), hourly(3)]'", (2026, 11, 28, 4), false)]
#[case::all_hold("'all[weekly(sat), hourly(3)]'", (2026, 11, 28, 3), true)]
fn a_schedule_is_due_at_its_times(
    #[case] text: &str,
    #[case] (year, month, day, hour): (u16, u8, u8, u8),
    #[case] due: bool,
) {
    let run = RunStart::new(year, month, day, hour).unwrap();
    assert_eq!(schedule(text).unwrap().is_due(run, true), due);
}

#[test]
fn non_existing_is_due_only_without_a_collection() {
    let run = RunStart::new(2026, 11, 28, 0).unwrap();
    assert!(Schedule::NonExisting.is_due(run, false) && !Schedule::NonExisting.is_due(run, true));
    assert_eq!(RunStart::new(2026, 2, 29, 0), None);
}
