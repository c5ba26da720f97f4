//! The part of Thrift's compact protocol that a Parquet footer needs: structs, lists, integers, text.

/// Types of fields and of elements.
pub(super) const I32: u8 = 5;
const I64: u8 = 6;
pub(super) const BINARY: u8 = 8;
const LIST: u8 = 9;
pub(super) const STRUCT: u8 = 12;

/// A struct that is being written; fields come in rising order.
#[derive(Default)]
pub(super) struct Compact {
    bytes: Vec<u8>,
    last: u8,
}

impl Compact {
    pub(super) fn i32(&mut self, field: u8, value: i32) {
        self.field(field, I32);
        self.bare_i32(value);
    }

    pub(super) fn i64(&mut self, field: u8, value: i64) {
        self.field(field, I64);
        self.zigzag(value);
    }

    pub(super) fn text(&mut self, field: u8, text: &str) {
        self.field(field, BINARY);
        self.bare_text(text);
    }

    pub(super) fn structure(&mut self, field: u8, fill: impl FnOnce(&mut Self)) {
        self.field(field, STRUCT);
        self.element(fill);
    }

    pub(super) fn list(&mut self, field: u8, of: u8, len: usize, fill: impl FnOnce(&mut Self)) {
        self.field(field, LIST);
        if len < 15 {
            self.bytes.push((len as u8) << 4 | of);
        } else {
            self.bytes.push(0xF0 | of);
            varint(&mut self.bytes, len as u64);
        }
        fill(self);
    }

    /// Adds a struct to a list.
    pub(super) fn element(&mut self, fill: impl FnOnce(&mut Self)) {
        let outer = std::mem::take(&mut self.last);
        fill(self);
        self.bytes.push(0);
        self.last = outer;
    }

    pub(super) fn bare_i32(&mut self, value: i32) {
        self.zigzag(value.into());
    }

    pub(super) fn bare_text(&mut self, text: &str) {
        varint(&mut self.bytes, text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }

    fn field(&mut self, field: u8, of: u8) {
        self.bytes.push((field - self.last) << 4 | of);
        self.last = field;
    }

    fn zigzag(&mut self, value: i64) {
        varint(&mut self.bytes, ((value << 1) ^ (value >> 63)) as u64);
    }
}

pub(super) fn varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_lists_and_nested_structs_as_the_protocol_has_them() {
        let mut it = Compact::default();
        it.i32(1, -1);
        it.structure(3, |inner| inner.text(1, "ab"));
        it.list(4, I32, 16, |list| (0..16).for_each(|n| list.bare_i32(n)));
        let bytes = it.end();
        assert_eq!(bytes[..8], [0x15, 1, 0x2C, 0x18, 2, b'a', b'b', 0]);
        assert_eq!(bytes[8..12], [0x19, 0xF5, 16, 0]);
        let mut long = Vec::new();
        varint(&mut long, 300);
        assert_eq!(long, [0xAC, 2]);
    }
}
