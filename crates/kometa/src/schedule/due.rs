//! Decides whether a schedule is due in a run.

use super::Schedule;

/// The local time at which a run began. Schedules are compared with this time only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunStart {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
}

impl RunStart {
    /// Returns `None` if there is no such day or hour.
    pub fn new(year: u16, month: u8, day: u8, hour: u8) -> Option<Self> {
        let fits = (1..=12).contains(&month) && hour < 24 && (1..=days_in(year, month)).contains(&day);
        fits.then_some(Self { year, month, day, hour })
    }

    /// Returns the day of the week; 0 is Monday.
    fn weekday(self) -> u8 {
        // Sakamoto's method: a table of offsets for the months, with January and February counted to the year
        // before.
        const OFFSETS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let month = usize::from(self.month) - 1;
        let year = u32::from(self.year) - u32::from(month < 2);
        let from_sunday = year + year / 4 - year / 100 + year / 400 + OFFSETS[month] + u32::from(self.day);
        u8::try_from((from_sunday + 6) % 7).unwrap_or_default()
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Schedule {
    /// Returns whether a collection is due in a run that began at `run`. `exists`: whether the collection exists
    /// already.
    pub fn is_due(&self, run: RunStart, exists: bool) -> bool {
        let RunStart { year, month, day, hour } = run;
        match self {
            Self::Daily => true,
            Self::Never => false,
            Self::NonExisting => !exists,
            Self::Hourly { from, to } if from <= to => (*from..=*to).contains(&hour),
            Self::Hourly { from, to } => hour >= *from || hour <= *to,
            Self::Weekly(days) => days.contains(&run.weekday()),
            // As in Kometa, months without that day are skipped.
            Self::Monthly(of_month) => *of_month == day,
            Self::MonthlyLast => day == days_in(year, month),
            // In other years, a schedule for February 29 is due on February 28.
            Self::Yearly { month: of_year, day: on } => {
                month == *of_year && day == (*on).min(days_in(year, *of_year))
            }
            Self::Date { year: in_year, month: of_year, day: on } => {
                (*in_year, *of_year, *on) == (year, month, day)
            }
            Self::Range(ranges) => ranges.iter().any(|(from, to)| {
                let today = (month, day);
                if from <= to { (*from..=*to).contains(&today) } else { today >= *from || today <= *to }
            }),
            Self::Any(parts) => parts.iter().any(|part| part.is_due(run, exists)),
            Self::All(parts) => parts.iter().all(|part| part.is_due(run, exists)),
        }
    }
}
