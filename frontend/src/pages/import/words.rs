//! What to do about a refused row, by the code of its problem.

use nengce_shared::lang::Lang;

pub fn remedy(code: &str, lang: Lang) -> &'static str {
    let (zh, en) = match code {
        "entry_value_not_number" | "import_value_unreadable" => (
            "改成数字（或所需写法）后再传。",
            "Write a number (or the form asked for) and upload it again.",
        ),
        "import_value_missing" => (
            "没有数值的单元格不入库，同行其他值照常入库。",
            "A cell without a value is not stored; the rest of its row is.",
        ),
        "import_measure_unknown" => (
            "改单位，或在列的含义里填乘数。",
            "Write another unit, or give the column a multiplier.",
        ),
        "entry_field_missing" => ("补上再传。", "Fill it in and upload it again."),
        "entry_stat_date_malformed" | "import_date_unreadable" => {
            ("改时间，或改「日期写法」。", "Correct the time, or choose another way of dates.")
        }
        "entry_stat_date_not_period_start" => (
            "时间取时段开始；若是结束，改「时间标记」。",
            "Use the start of the period, or say that stamps are its end.",
        ),
        "entry_stat_date_future" => ("时间晚于现在，核对年份。", "It lies ahead: check the year."),
        "entry_stat_date_too_old" => {
            ("时间过早，核对年份。", "It lies too far back: check the year.")
        }
        "entry_duplicate" | "import_stamp_duplicate" | "entry_stamps_clash" => {
            ("只留一行。", "Keep one of the rows.")
        }
        "import_stamp_off_grid" => {
            ("改时间，或换「间隔」。", "Correct the time, or choose another interval.")
        }
        "import_row_length" => {
            ("查多出或缺少的分隔符。", "Look for a separator too many or too few.")
        }
        "import_unit_unknown" => {
            ("先导入单位名单，或改代码。", "Import the unit first, or correct its code.")
        }
        "import_code_unknown"
        | "entry_credit_code_invalid"
        | "entry_data_code_malformed"
        | "entry_region_invalid"
        | "entry_industry_invalid" => ("核对代码。", "Check the code."),
        _ => ("改正后再传。", "Correct it and upload it again."),
    };
    lang.pick(zh, en)
}
