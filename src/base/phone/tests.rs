//! Examples of what is a telephone number and what is none.

use super::*;
use crate::base::cost::assert_even;

/// Gives the numbers of a text as they stand there.
fn found(text: &str) -> Vec<&str> {
    let written = numbers(text, &|_| false).into_iter();
    written.map(|written| &text[written.range]).collect()
}

/// Each with the number that is found in it.
const NUMBERS: &[(&str, &str)] = &[
    ("Call 1-800-555-0199 now.", "1-800-555-0199"),
    ("Call +44 20 7946 0000.", "+44 20 7946 0000"),
    // A year is no year within a number.
    ("800-555-1984", "800-555-1984"),
    ("Ask at 555-2010.", "555-2010"),
    ("our line: 212-555-2001, day and night", "212-555-2001"),
    ("1-900-555-2024", "1-900-555-2024"),
    ("since 2015 800-555-0199 helps", "800-555-0199"),
    // Dashes, spaces and brackets of all kinds.
    ("614\u{2011}555\u{2011}0177", "614\u{2011}555\u{2011}0177"),
    ("614–555–0177", "614–555–0177"),
    ("614—555—0177", "614—555—0177"),
    ("614\u{2012}555\u{2012}0177", "614\u{2012}555\u{2012}0177"),
    ("614−555−0177", "614−555−0177"),
    ("614\u{a0}555\u{a0}0177", "614\u{a0}555\u{a0}0177"),
    ("614\u{2009}555\u{202f}0177", "614\u{2009}555\u{202f}0177"),
    ("614 555\n0177", "614 555\n0177"),
    ("614-555-\n0177", "614-555-\n0177"),
    ("614 - 555 - 0177", "614 - 555 - 0177"),
    ("614.555.0177", "614.555.0177"),
    ("614/555-0177", "614/555-0177"),
    ("614/555/0177", "614/555/0177"),
    ("614·555·0177", "614·555·0177"),
    ("(614) 555-0177", "(614) 555-0177"),
    ("(614)555-0177", "(614)555-0177"),
    ("[614] 555-0177", "[614] 555-0177"),
    ("(614-555-0177)", "614-555-0177"),
    ("1 (614) 555-0177", "1 (614) 555-0177"),
    ("+1 (614) 555-0177", "+1 (614) 555-0177"),
    ("614 555 0177", "614 555 0177"),
    ("6145550177", "6145550177"),
    ("16145550177", "16145550177"),
    ("(614) 5550177", "(614) 5550177"),
    ("123-456-7890", "123-456-7890"),
    // What nobody sees.
    (
        "614-\u{200b}555-\u{200b}0177",
        "614-\u{200b}555-\u{200b}0177",
    ),
    ("614\u{ad}-555\u{ad}-0177", "614\u{ad}-555\u{ad}-0177"),
    ("\u{202a}614-555-0177\u{202c}", "614-555-0177"),
    ("\u{2067}٦١٤-٥٥٥-٠١٧٧\u{2069}", "٦١٤-٥٥٥-٠١٧٧"),
    ("61\u{2060}4-555-0177", "61\u{2060}4-555-0177"),
    // Digits of all scripts.
    ("٨٠٠-٥٥٥-٠١٩٩", "٨٠٠-٥٥٥-٠١٩٩"),
    ("۸۰۰-۵۵۵-۰۱۹۹", "۸۰۰-۵۵۵-۰۱۹۹"),
    ("८००-५५५-०१९९", "८००-५५५-०१९९"),
    ("８００－５５５－０１９９", "８００－５５５－０１９９"),
    ("请拨打800-555-0199。", "800-555-0199"),
    ("📞800-555-0199", "800-555-0199"),
    // Words around.
    ("Tel.:614-555-0177", "614-555-0177"),
    ("tel.614-555-0177", "614-555-0177"),
    ("800-555-0199x5", "800-555-0199"),
    ("800-555-0199 ext. 12", "800-555-0199"),
    ("614-555-0177/614-555-0178", "614-555-0177"),
    ("614-555-0177, or", "614-555-0177"),
    ("call us at 5552010", "5552010"),
    ("call 555 2010", "555 2010"),
    ("Llame al 717 003 717", "717 003 717"),
    ("Marque 912345678", "912345678"),
    ("text 8005550199", "8005550199"),
    ("is 555-0142 now", "555-0142"),
    ("is 555 0142 now", "555 0142"),
    // Letters.
    ("1-800-HOPE-NOW", "1-800-HOPE-NOW"),
    ("800 FLOWERS", "800 FLOWERS"),
    ("1 (800) GET-HELP!", "1 (800) GET-HELP"),
    ("1-800-662-HELP.", "1-800-662-HELP"),
    ("(1-844-POISON-X)", "1-844-POISON-X"),
    ("1-800-quit-now", "1-800-quit-now"),
    ("Call 614-GET-HELP today", "614-GET-HELP"),
    (
        "1\u{2011}800\u{2011}HOPE\u{2011}NOW",
        "1\u{2011}800\u{2011}HOPE\u{2011}NOW",
    ),
    // Other countries.
    ("020 7946 0000", "020 7946 0000"),
    ("0800 068 4141", "0800 068 4141"),
    ("08000684141", "08000684141"),
    ("0044 20 7946 0000", "0044 20 7946 0000"),
    ("011 44 20 7946 0000", "011 44 20 7946 0000"),
    ("+44 (0)20 7946 0000", "+44 (0)20 7946 0000"),
    ("01632 960960", "01632 960960"),
    ("01 23 45 67 89", "01 23 45 67 89"),
    ("0800 111 0 111", "0800 111 0 111"),
    ("030/1234567", "030/1234567"),
    ("1800 111 888", "1800 111 888"),
    ("0477 13 11 14", "0477 13 11 14"),
    ("800 911 2000", "800 911 2000"),
    ("91 123 45 67", "91 123 45 67"),
    ("717-003-717", "717-003-717"),
    ("+34717003717", "+34717003717"),
    ("9123-4567", "9123-4567"),
];

const NOTHING: &[&str] = &[
    // Years, dates and times.
    "in 2015-2016 and 2017/18",
    "2015–2016",
    "on 2026-11-22",
    "22.11.2026",
    "11/22/2026",
    "22-11-2026",
    "01/02/2020",
    "01 02 2020",
    "2026-11-22 10:30",
    "20261122",
    "in 2015 2016 2017",
    "10:30-11:45",
    "12:30:15.1234567",
    "January 5, 2020 2021",
    // Books, articles and their pages.
    "ISBN 978-3-16-148410-0",
    "978-3-16-148410-0",
    "9783161484100",
    "ISBN 0306406152",
    "0-306-40615-2",
    "ISSN 1234-5679",
    "doi:10.1001/123-456-7890",
    "https://doi.org/10.1016/0140-6736",
    "10.1093/ajcn/80.2.1234567",
    "89:1535-1541",
    "J Clin 2004;89:555-5610",
    "pp. 1015-1020",
    "pp. 998-1004",
    "pages 998–1004",
    "1015-1020",
    "12345-12350",
    "PMID 12050708",
    "PMID: 12050708",
    "2002 (12050708)",
    "PMC1234567",
    // Places and codes.
    "43215-1234",
    "Columbus, OH 43215-1234",
    "ZIP 43215-1234",
    "02139-4307",
    "192.168.100.200",
    "1.2.3.4567",
    "v10.200.3000",
    "550e8400-e29b-41d4-a716-446655440000",
    "12345678-1234-1234-1234-123456789012",
    "https://example.org/800-555-0199",
    "form 12-3456789",
    "case #8005550199",
    "id=8005550199",
    "a1b2-800-555-0199",
    "800-555-0199.pdf",
    "00-11-22-33-44-55",
    // Money, amounts and doses.
    "$8005550199",
    "$1 234 567",
    "€ 1 234 567",
    "1 234 567",
    "1.234.567",
    "12,345,678",
    "1,234,567.8901",
    "30.6 million of 12,600",
    "717 003 717 people",
    "1.234.567 €",
    "3.14159265",
    "0.12345678",
    "555.0142",
    "12345678 %",
    "from 10 to 15 of 100",
    "200-1000 mg",
    "750–1500 mg",
    "500-1000",
    "555–2010",
    "of 250 2010",
    "100-1500 words a day",
    "1234567",
    "12345678",
    "123456789",
    "0123456789",
    "1 2 3 4 5 6 7 8 9",
    "call 1 234 567 people",
    "800 patients and 500 nurses",
    "800 flowers",
    "1-2-3-4-5-6-7",
    "999999999999999999999999",
    "320/768/1280",
    ".056 / 0 / .156",
    ".056 / 0 / .156 / .013",
    "2147483647-2147483648",
    "5, 10, 15, 20, 25",
    "24/7",
    "call 911 or 988",
    "text HOME to 741741",
];

#[test]
fn a_number_is_found_however_it_is_written() {
    assert!(NUMBERS.len() >= 60);
    for (text, number) in NUMBERS {
        assert_eq!(found(text).first(), Some(number), "{text:?}");
        let inside = format!("Before. Ask here: {text} and more.");
        assert_eq!(found(&inside).first(), Some(number), "{inside:?}");
    }
}

#[test]
fn what_nobody_dials_is_no_number() {
    assert!(NOTHING.len() >= 60);
    for text in NOTHING {
        assert!(found(text).is_empty(), "{text:?} {:?}", found(text));
        let inside = format!("The text has {text}, and more.");
        assert!(found(&inside).is_empty(), "{inside:?} {:?}", found(&inside));
    }
}

#[test]
fn numbers_that_stand_together_are_each_found() {
    assert_eq!(
        found(
            "614-555-0177 / 614-555-0178, 800 555 0199 800 555 0100, +1 614-555-0177 +1 614-555-0178"
        ),
        [
            "614-555-0177",
            "614-555-0178",
            "800 555 0199",
            "800 555 0100",
            "+1 614-555-0177",
            "+1 614-555-0178"
        ]
    );
}

#[test]
fn digits_are_compared_by_value_and_letters_as_keys() {
    for (text, digits) in [
        ("٨٠٠-٥٥٥-٠١٩٩", "8005550199"),
        ("1-800-HOPE-NOW", "18004673669"),
        ("1-866-RECOVERY", "18667326837"),
        ("+44 (0)20 7946 0000", "442079460000"),
        ("800-555-0199 ext. 12", "8005550199"),
    ] {
        let read: Vec<String> = numbers(text, &|_| false)
            .into_iter()
            .map(|written| written.number.digits)
            .collect();
        assert_eq!(read, [digits], "{text}");
    }
}

#[test]
fn an_address_tells_what_it_dials() {
    let digits = |address: &str| {
        let numbers = called(address)?;
        Some(
            numbers
                .into_iter()
                .map(|number| (number.is_international, number.digits))
                .collect::<Vec<_>>(),
        )
    };
    let one = |plus, digits: &str| Some(vec![(plus, digits.to_owned())]);
    assert_eq!(
        digits("tel:+1-800-555-0199;ext=5"),
        one(true, "18005550199")
    );
    assert_eq!(
        digits("TEL:%2B1%20800%20555%200199"),
        one(true, "18005550199")
    );
    assert_eq!(digits("tel:988,2"), one(false, "988"));
    assert_eq!(digits("tel://800-HOPE-NOW"), one(false, "8004673669"));
    assert_eq!(
        digits("sms:741741?body=HOME%201234567"),
        one(false, "741741")
    );
    assert_eq!(digits("sms:+18005550199;body=x"), one(true, "18005550199"));
    assert_eq!(digits("tel:"), one(false, ""));
    assert_eq!(digits("https://tel.example/8005550199"), None);
    assert_eq!(digits("sms:988,741741").map(|all| all.len()), Some(2));
}

#[test]
fn a_known_number_is_read_where_digits_could_be_cut_in_several_ways() {
    let known = |number: &Number| number.digits == "442079460000";
    let text = "+44 20 7946 0000 24 hours";
    let read = numbers(text, &known);
    assert_eq!(&text[read[0].range.clone()], "+44 20 7946 0000");
}

#[test]
fn what_is_printed_has_short_codes_and_each_way_to_read_them() {
    let digits = |text: &str| -> Vec<String> {
        printed(text)
            .into_iter()
            .map(|written| written.number.digits)
            .collect()
    };
    assert!(digits("988 and press 2").contains(&"988".to_owned()));
    assert!(digits("9-8-8").contains(&"988".to_owned()));
    assert!(digits("Text 0477 13 11 14").contains(&"0477131114".to_owned()));
    assert!(digits("1-844-764-7669 (1-844-POISON-X)").contains(&"18447647669".to_owned()));
    assert!(digits("FindTreatment.gov").is_empty());
}

#[test]
fn the_cost_grows_no_faster_than_the_text() {
    for piece in [
        "1",
        "1 ",
        "1\u{200b}",
        "\u{200b}",
        "555-0199 ",
        "1-800-A",
        "call 1 ",
        "(+",
        "٣",
        "1-",
        "0 ",
        "+1 (",
        "800\u{ad}",
    ] {
        assert_even(piece, |count| {
            numbers(&format!("123 {} 456", piece.repeat(count)), &|_| false);
        });
    }
}
