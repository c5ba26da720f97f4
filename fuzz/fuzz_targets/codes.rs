//! Data codes and credit codes: what is read is written the same, in one form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::data_code::DataCode;

fuzz_target!(|text: &str| {
    if let Ok(code) = DataCode::parse_lenient(text) {
        assert_eq!(DataCode::parse_strict(&code.to_string()), Ok(code));
        assert_eq!(DataCode::parse_lenient(code.digits()), Ok(code));
    }
    if let Ok(code) = CreditCode::parse(text) {
        let again = CreditCode::parse(code.as_str());
        assert_eq!(again, Ok(code));
    }
});
