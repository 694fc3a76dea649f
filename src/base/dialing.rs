//! Tells whether two telephone numbers ring the same telephone: how the numbers of countries are dialed within and from abroad (ITU-T E.164).
//!
//! In go numbers as people write them, and the country in which they are dialed; out come the forms that dial the same.

use crate::base::phone::Number;

/// How the numbers of some countries are dialed: their codes (ISO 3166-1), the code to dial from abroad, and what is dialed before a number
/// within the country.
#[rustfmt::skip]
const PLANS: &[(&[&str], &str, &str)] = &[
    (&["US", "CA", "PR", "DO", "JM", "TT", "BS", "BB", "GU", "VI"], "1", "1"),
    (&["AR"], "54", "0"), (&["AT"], "43", "0"), (&["AU"], "61", "0"), (&["BE"], "32", "0"), (&["BG"], "359", "0"), (&["BO"], "591", "0"),
    (&["BR"], "55", "0"), (&["CH"], "41", "0"), (&["CL"], "56", ""), (&["CN"], "86", "0"), (&["CO"], "57", "0"), (&["CR"], "506", ""),
    (&["CY"], "357", ""), (&["CZ"], "420", ""), (&["DE"], "49", "0"), (&["DK"], "45", ""), (&["EC"], "593", "0"), (&["EE"], "372", ""),
    (&["EG"], "20", "0"), (&["ES"], "34", ""), (&["FI"], "358", "0"), (&["FR"], "33", "0"), (&["GB", "GG", "IM", "JE"], "44", "0"),
    (&["GR"], "30", ""), (&["GT"], "502", ""), (&["HK"], "852", ""), (&["HN"], "504", ""), (&["HR"], "385", "0"), (&["HU"], "36", "06"),
    (&["ID"], "62", "0"), (&["IE"], "353", "0"), (&["IL"], "972", "0"), (&["IN"], "91", "0"), (&["IS"], "354", ""), (&["IT"], "39", ""),
    (&["JO"], "962", "0"), (&["JP"], "81", "0"), (&["KE"], "254", "0"), (&["KR"], "82", "0"), (&["LB"], "961", "0"), (&["LT"], "370", "0"),
    (&["LU"], "352", ""), (&["LV"], "371", ""), (&["MA"], "212", "0"), (&["MT"], "356", ""), (&["MX"], "52", ""), (&["MY"], "60", "0"),
    (&["NG"], "234", "0"), (&["NI"], "505", ""), (&["NL"], "31", "0"), (&["NO"], "47", ""), (&["NZ"], "64", "0"), (&["PA"], "507", ""),
    (&["PE"], "51", "0"), (&["PH"], "63", "0"), (&["PK"], "92", "0"), (&["PL"], "48", ""), (&["PT"], "351", ""), (&["PY"], "595", "0"),
    (&["RO"], "40", "0"), (&["SA"], "966", "0"), (&["SE"], "46", "0"), (&["SG"], "65", ""), (&["SI"], "386", "0"), (&["SK"], "421", "0"),
    (&["SV"], "503", ""), (&["TH"], "66", "0"), (&["TR"], "90", "0"), (&["UA"], "380", "0"), (&["UY"], "598", "0"), (&["VE"], "58", "0"),
    (&["VN"], "84", "0"), (&["ZA"], "27", "0"), (&["AE"], "971", "0"),
];
/// Shorter numbers, such as 988, are dialed only within their country.
const SHORTEST_FROM_ABROAD: usize = 5;

/// How numbers are dialed in one country.
#[derive(Clone, Copy, Debug)]
struct Plan {
    code: &'static str,
    trunk: &'static str,
}

impl Plan {
    fn of(country: Option<&str>) -> Option<Self> {
        let country = country?;
        let found = PLANS
            .iter()
            .find(|(countries, ..)| countries.contains(&country));
        found.map(|(_, code, trunk)| Self { code, trunk })
    }

    /// Gives the plan of the country to which the digits of an international number belong.
    fn of_digits(digits: &str) -> Option<Self> {
        let fits = PLANS.iter().filter(|(_, code, _)| digits.starts_with(code));
        let found = fits.max_by_key(|(_, code, _)| code.len());
        found.map(|(_, code, trunk)| Self { code, trunk })
    }

    /// Gives a number as it is dialed from abroad; `None` if it can only be dialed as it is.
    fn with_code(self, digits: &str) -> Option<String> {
        if self.code == "1" {
            return match digits.len() {
                10 => Some(format!("1{digits}")),
                11 if digits.starts_with('1') => Some(digits.to_owned()),
                _ => None,
            };
        }
        if digits.len() < SHORTEST_FROM_ABROAD {
            return None;
        }
        let national = digits.strip_prefix(self.trunk).unwrap_or(digits);
        Some(format!("{}{national}", self.code))
    }
}

/// Gives the digits behind `+`, `00` or `011`, which begin with the code of a country.
fn international(number: &Number) -> Option<&str> {
    if number.is_international {
        return Some(&number.digits);
    }
    let rest = ["00", "011"]
        .into_iter()
        .find_map(|prefix| number.digits.strip_prefix(prefix));
    rest.filter(|rest| rest.len() > 7 && !rest.starts_with('0'))
}

/// Gives the digits under which a number is known to all that dial it: as from abroad where it can be dialed from there, else as they are.
pub(crate) fn common_form(number: &Number, country: Option<&str>) -> String {
    let own = || Plan::of(country)?.with_code(&number.digits);
    let abroad = international(number).map(ToOwned::to_owned);
    abroad.or_else(own).unwrap_or_else(|| number.digits.clone())
}

/// Gives all digits that dial a number in its country: with and without the code of the country and what is dialed before.
pub(crate) fn forms(number: &Number, country: Option<&str>) -> Vec<String> {
    let mut forms = vec![number.digits.clone()];
    let abroad = common_form(number, country);
    let plan = match international(number) {
        Some(digits) => Plan::of_digits(digits),
        // Without a country, eleven digits that begin with 1 are a number of North America.
        None => Plan::of(country).or_else(|| {
            Plan::of_digits(&abroad).filter(|plan| plan.code == "1" && abroad.len() == 11)
        }),
    };
    // A number of another country has no form that is dialed within this one.
    let is_abroad = |plan: &Plan| Plan::of(country).is_some_and(|own| own.code != plan.code);
    if let Some(plan) = plan.filter(|plan| !is_abroad(plan))
        && abroad.len() >= SHORTEST_FROM_ABROAD
        && let Some(national) = abroad.strip_prefix(plan.code)
    {
        if plan.code == "1" {
            forms.extend((national.len() == 10).then(|| national.to_owned()));
        } else if number.digits != national {
            forms.push(format!("{}{national}", plan.trunk));
        }
    }
    forms.push(abroad);
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Tells whether two numbers dial the same.
pub(crate) fn dial_the_same(one: &Number, other: &Number, country: Option<&str>) -> bool {
    let meets = |one: &Number, other: &Number| {
        forms(one, country)
            .iter()
            .any(|form| *form == other.digits || *form == common_form(other, country))
    };
    meets(one, other) || meets(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::phone::dialed;

    #[test]
    fn numbers_that_ring_the_same_telephone_are_the_same() {
        for (country, one, other) in [
            ("US", "+16145550142", "(614) 555-0142"),
            ("US", "16145550142", "614-555-0142"),
            ("US", "011 44 20 7946 0000", "+44 20 7946 0000"),
            ("US", "1-800-HOPE-NOW", "+1 800 467 3669"),
            ("GB", "020 7946 0000", "+442079460000"),
            ("GB", "0044 20 7946 0000", "020 7946 0000"),
            ("ES", "717 003 717", "+34717003717"),
            ("IE", "1800 111 888", "+353 1800 111 888"),
            ("HU", "06 1 234 5678", "+36 1 234 5678"),
            ("", "+16145550142", "(614) 555-0142"),
            ("", "16145550142", "(614) 555-0142"),
            ("", "+442079460000", "020 7946 0000"),
            ("", "020 7946 0000", "+44 20 7946 0000"),
            ("XX", "988", "9-8-8"),
        ] {
            let country = Some(country).filter(|country| !country.is_empty());
            assert!(
                dial_the_same(&dialed(one), &dialed(other), country),
                "{one} {other} {country:?}"
            );
        }
    }

    #[test]
    fn numbers_that_ring_different_telephones_are_different() {
        for (country, one, other) in [
            ("US", "+16145550142", "(614) 555-0143"),
            ("US", "+44 614 555 0142", "(614) 555-0142"),
            ("GB", "020 7946 0000", "+33 20 7946 0000"),
            ("US", "988", "+1988"),
            ("US", "911", "988"),
            ("", "614-555-0142", "614-555-0143"),
        ] {
            let country = Some(country).filter(|country| !country.is_empty());
            assert!(
                !dial_the_same(&dialed(one), &dialed(other), country),
                "{one} {other} {country:?}"
            );
        }
    }
}
