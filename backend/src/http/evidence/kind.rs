//! The kinds of files that are taken as evidence, told by their content: a name can say anything.

/// Media types that are taken, each with the ends of names that belong to it. Nothing of them runs when it is opened.
const KINDS: [(&str, &[&str]); 6] = [
    ("application/pdf", &["pdf"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/png", &["png"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("text/plain", &["txt", "csv"]),
];

/// What is taken, for a message.
pub(super) const TAKEN: &str = "PDF、JPG、PNG、XLSX、DOCX、TXT、CSV";

/// The media type of a file, where its content is of a kind that is taken and its name agrees.
pub(super) fn media_type(name: &str, content: &[u8]) -> Option<&'static str> {
    let found = match infer::get(content) {
        Some(it) => it.mime_type(),
        None if is_text(content) => "text/plain",
        None => return None,
    };
    let end = name.rsplit_once('.')?.1.to_ascii_lowercase();
    let (media, ends) = KINDS.iter().find(|it| it.0 == found)?;
    ends.contains(&end.as_str()).then_some(*media)
}

/// UTF-8 or GB 18030 without control characters.
fn is_text(content: &[u8]) -> bool {
    let has_control =
        content.iter().any(|it| it.is_ascii_control() && !matches!(it, b'\n' | b'\r' | b'\t'));
    let is_read = str::from_utf8(content).is_ok()
        || !encoding_rs::GB18030.decode_without_bom_handling(content).1;
    !content.is_empty() && !has_control && is_read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_decides_and_the_name_must_agree() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let pdf = b"%PDF-1.7\n";
        for (name, content, expected) in [
            ("照片.PNG", &png[..], Some("image/png")),
            ("照片.jpg", png, None),
            ("报告.pdf", pdf, Some("application/pdf")),
            ("报告", pdf, None),
            ("说明.txt", "电表停电".as_bytes(), Some("text/plain")),
            ("说明.csv", b"\xb5\xe7\xb1\xed,1\r\n", Some("text/plain")),
            ("网页.txt", b"<html><script>alert(1)</script></html>", None),
            ("程序.txt", b"MZ\x90\x00\x03", None),
            ("程序.pdf", b"\x7fELF\x02\x01\x01", None),
            ("空.txt", b"", None),
            ("乱.txt", b"\xff\xfe\x00\x01", None),
        ] {
            assert_eq!(media_type(name, content), expected, "{name}");
        }
    }
}
