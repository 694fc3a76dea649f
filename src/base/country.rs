//! Countries by their codes of two letters (ISO 3166-1 alpha-2): whether there is one, and which is meant by what people write instead.

/// All codes that are assigned, in alphabetical order.
const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ \
    BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ \
    DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY \
    HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY \
    MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
    NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ \
    TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ \
    VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// What people write in the place of a code.
const MEANT: [(&str, &str); 4] = [("UK", "GB"), ("EN", "GB"), ("USA", "US"), ("GBR", "GB")];

/// Gives the code that was typed, in capital letters, if there is such a country.
pub(crate) fn code(typed: &str) -> Option<String> {
    let code = typed.trim().to_ascii_uppercase();
    CODES
        .split_ascii_whitespace()
        .any(|known| known == code)
        .then_some(code)
}

/// Gives the code that was likely meant: the same in capital letters, or that of a country that is often written otherwise.
pub(crate) fn meant(typed: &str) -> Option<String> {
    let written = typed.trim().to_ascii_uppercase();
    let other = MEANT.iter().find(|(written_as, _)| *written_as == written);
    code(typed).or_else(|| other.map(|(_, code)| (*code).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_249_codes_of_two_letters_in_order() {
        let codes: Vec<&str> = CODES.split_ascii_whitespace().collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted());
        assert!(codes.iter().all(|code| code.len() == 2));
    }

    #[test]
    fn a_code_may_be_typed_in_small_letters_and_other_words_are_no_code() {
        for (typed, found, other) in [
            ("US", Some("US"), Some("US")),
            (" gb ", Some("GB"), Some("GB")),
            ("uk", None, Some("GB")),
            ("USA", None, Some("US")),
            ("ZZ", None, None),
            ("", None, None),
            ("U S", None, None),
            ("ÜS", None, None),
        ] {
            assert_eq!(code(typed).as_deref(), found, "{typed}");
            assert_eq!(meant(typed).as_deref(), other, "{typed}");
        }
    }
}
