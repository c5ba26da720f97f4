//! Prepares the readings of a message for the writer: sorts them by item and time, puts them in columns and cuts them
//! into item-days. This runs on the thread of the request, so that the writer only handles item-days. Pure.

use std::collections::HashMap;

use nengce_messages::Reading;
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;

use crate::store::commit::batch::Batch;

pub type FastMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

const DAY: i64 = 86_400;
const QUARTER: i64 = 900;

/// A batch on its way to the writer.
pub struct IncomingBatch {
    pub batch: Batch,
    pub rows: ColumnarReadings,
}

impl From<Batch> for IncomingBatch {
    fn from(batch: Batch) -> Self {
        let rows = ColumnarReadings::of(&batch.readings);
        Self { batch, rows }
    }
}

/// Rows of one item, stat type and day, neighbours in the columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Index into [`ColumnarReadings::codes`].
    pub code: u32,
    pub stat_type: StatType,
    /// Days since 1970-01-01.
    pub day: i32,
    pub from: u32,
    pub to: u32,
    /// The quarter-hours that have a row; stat types above 0 have the first one alone.
    pub quarter_hours: u128,
    /// The quarter-hours that have more than one row.
    pub repeated: u128,
    /// Some row starts within an hour.
    pub fine: bool,
}

#[derive(Debug, Default)]
pub struct ColumnarReadings {
    pub codes: Vec<DataCode>,
    pub runs: Vec<Run>,
    pub at: Vec<i64>,
    pub value: Vec<f64>,
    pub valid: Vec<bool>,
    pub input_type: Vec<Option<u8>>,
    /// The place of each row in the batch; rows of one key keep their order.
    pub origin: Vec<u32>,
    /// Earliest and latest period.
    pub span: Option<(i64, i64)>,
    /// Readings of the batch whose stamp lay off the start of its period.
    pub marked: Vec<u32>,
}

impl ColumnarReadings {
    pub fn of(readings: &[Reading]) -> Self {
        let (codes, code_of) = codes(readings);
        let origin = order(readings, codes.len(), &code_of);
        let rows = || origin.iter().map(|at| &readings[*at as usize]);
        let mut it = Self {
            at: rows().map(|it| it.at).collect(),
            value: rows().map(|it| it.value).collect(),
            valid: rows().map(|it| it.valid).collect(),
            input_type: rows().map(|it| it.input_type).collect(),
            ..Self::default()
        };
        for (row, reading) in rows().enumerate() {
            it.put(code_of[origin[row] as usize], reading, row as u32);
        }
        let off = readings.iter().enumerate().filter(|it| it.1.off != 0);
        it.marked = off.map(|it| it.0 as u32).collect();
        let times = || it.at.iter().copied();
        it.span = times().min().zip(times().max());
        Self { codes, origin, ..it }
    }

    fn put(&mut self, code: u32, reading: &Reading, row: u32) {
        let day = reading.at.div_euclid(DAY) as i32;
        let slot = quarter_hour_bit(reading.stat_type, reading.at);
        let fine = reading.at.rem_euclid(3_600) != 0;
        match self.runs.last_mut() {
            Some(run) if (run.code, run.stat_type, run.day) == (code, reading.stat_type, day) => {
                run.repeated |= run.quarter_hours & slot;
                run.quarter_hours |= slot;
                run.fine |= fine;
                run.to = row + 1;
            }
            _ => self.runs.push(Run {
                code,
                stat_type: reading.stat_type,
                day,
                from: row,
                to: row + 1,
                quarter_hours: slot,
                repeated: 0,
                fine,
            }),
        }
    }
}

/// The bit of a row's quarter-hour in its day. Rows of one key share it, whatever else does.
pub fn quarter_hour_bit(stat_type: StatType, at: i64) -> u128 {
    match stat_type {
        StatType::RealTime => 1 << (at.rem_euclid(DAY) / QUARTER),
        _ => 1,
    }
}

/// The different codes, and which one each reading has. Terminals repeat the order of their codes: it is guessed first.
fn codes(readings: &[Reading]) -> (Vec<DataCode>, Vec<u32>) {
    let mut codes: Vec<DataCode> = Vec::new();
    let mut next: Vec<u32> = Vec::new();
    let mut known: FastMap<DataCode, u32> = FastMap::default();
    let mut last: Option<u32> = None;
    let code_of = readings
        .iter()
        .map(|reading| {
            let code = reading.data_code;
            let guess = last.map(|it| next[it as usize]);
            let found = match guess.filter(|it| codes[*it as usize] == code) {
                Some(it) => it,
                None => *known.entry(code).or_insert_with(|| {
                    let at = codes.len() as u32;
                    codes.push(code);
                    next.push(at);
                    at
                }),
            };
            if let Some(last) = last {
                next[last as usize] = found;
            }
            last = Some(found);
            found
        })
        .collect();
    (codes, code_of)
}

/// Rows by code, stat type and time; equal ones in the order they came.
fn order(readings: &[Reading], codes: usize, code_of: &[u32]) -> Vec<u32> {
    let mut ends = vec![0_u32; codes];
    for code in code_of {
        ends[*code as usize] += 1;
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += std::mem::replace(end, sum);
    }
    let mut order = vec![0; readings.len()];
    for (at, code) in code_of.iter().enumerate() {
        let place = &mut ends[*code as usize];
        order[*place as usize] = at as u32;
        *place += 1;
    }
    let key = |at: &u32| {
        let it = &readings[*at as usize];
        (it.stat_type, it.at)
    };
    let mut rest = order.as_mut_slice();
    let mut from = 0;
    for end in ends {
        let (rows, after) = rest.split_at_mut((end - from) as usize);
        if !rows.is_sorted_by_key(key) {
            rows.sort_by_key(key);
        }
        (rest, from) = (after, end);
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reading() -> impl Strategy<Value = Reading> {
        (0..5u8, prop::sample::select(&StatType::ALL[..]), 0..600i64, any::<bool>()).prop_map(
            |(code, stat_type, at, valid)| Reading {
                data_code: DataCode::parse_strict(&format!("00-00-0000-02330{code}-11"))
                    .expect("a code"),
                stat_type,
                at: (at - 200) * 500,
                off: 0,
                value: at as f64,
                valid,
                input_type: valid.then_some(4),
            },
        )
    }

    proptest! {
        #[test]
        fn every_row_is_in_one_run_in_order(readings in prop::collection::vec(reading(), 0..120)) {
            let it = ColumnarReadings::of(&readings);
            let mut next = 0;
            for run in &it.runs {
                prop_assert_eq!(run.from, next);
                next = run.to;
                let rows = run.from as usize..run.to as usize;
                let mut seen = 0;
                let mut twice = 0;
                for row in rows.clone() {
                    let reading = &readings[it.origin[row] as usize];
                    prop_assert_eq!(reading.data_code, it.codes[run.code as usize]);
                    prop_assert_eq!((reading.stat_type, reading.at.div_euclid(DAY) as i32), (run.stat_type, run.day));
                    prop_assert_eq!((reading.at, reading.value, reading.valid, reading.input_type),
                                    (it.at[row], it.value[row], it.valid[row], it.input_type[row]));
                    let slot = quarter_hour_bit(reading.stat_type, reading.at);
                    twice |= seen & slot;
                    seen |= slot;
                }
                prop_assert_eq!((seen, twice), (run.quarter_hours, run.repeated));
                let key = |row: &usize| (it.at[*row], it.origin[*row]);
                prop_assert!(rows.collect::<Vec<_>>().is_sorted_by_key(key));
            }
            prop_assert_eq!(next as usize, readings.len());
            let mut places: Vec<_> = it.runs.iter().map(|it| (it.code, it.stat_type, it.day)).collect();
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), it.runs.len());
            let mut origin = it.origin.clone();
            origin.sort_unstable();
            prop_assert!(origin.into_iter().eq(0..readings.len() as u32));
        }
    }
}
