//! Tells whether a text is the address of a website or a mail address, and mends the usual slips.
//!
//! In goes what somebody wrote into the data; nothing that is not one of the two kinds can become a link.

/// Tells whether a text is the absolute address of a website: `https` or `http`, a host, and no spaces or quotation marks.
pub(crate) fn is_web(text: &str) -> bool {
    let rest = ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &text[scheme.len()..])
    });
    rest.is_some_and(|rest| is_host(host(rest)) && is_plain(rest))
}

/// Gives the address that was meant, if a slip can be mended: without its scheme, in brackets, as a DOI.
pub(crate) fn mended_web(text: &str) -> Option<String> {
    let bare = text.trim().trim_matches(['<', '>', '"', '\'', ' ']);
    let lower = bare.to_ascii_lowercase();
    let mended = if let Some(doi) = lower.strip_prefix("doi:") {
        format!("https://doi.org/{}", doi.trim())
    } else if is_web(bare) {
        bare.to_owned()
    } else {
        let begins = lower
            .strip_prefix("http")
            .map(|rest| rest.strip_prefix('s').unwrap_or(rest));
        let rest = begins
            .filter(|rest| rest.starts_with([':', '/']))
            .map_or(bare, |rest| &bare[bare.len() - rest.len()..]);
        format!("https://{}", rest.trim_start_matches([':', '/', ' ']))
    };
    let rest = mended.split_once("://").map_or("", |(_, rest)| rest);
    let is_likely = host(rest).contains('.') && !host(rest).contains(':');
    (is_likely && is_web(&mended)).then_some(mended)
}

/// Tells whether a text is one mail address, without `mailto:`, a name or a subject.
pub(crate) fn is_mail(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let is_of_name =
        |character: char| character.is_alphanumeric() || "!#$&'*+/=^_{|}~.-".contains(character);
    let is_named = !name.is_empty() && name.chars().all(is_of_name);
    is_named && is_host(domain) && domain.contains('.') && !domain.contains(':')
}

/// Gives the mail address that was meant, if there is one in the text.
pub(crate) fn mended_mail(text: &str) -> Option<String> {
    let spelled = text
        .replace(" at ", "@")
        .replace("(at)", "@")
        .replace("[at]", "@")
        .replace(" @ ", "@");
    let word = spelled
        .split([' ', '<', '>', ',', ';', '?', '"'])
        .map(|word| {
            word.trim_start_matches("mailto:")
                .trim_matches(['.', '(', ')'])
        })
        .filter(|word| is_mail(word));
    let mut words = word;
    let only = words.next()?.to_owned();
    words.next().is_none().then_some(only)
}

/// Gives the host of what stands behind `https://`.
fn host(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Tells whether a text can be a host, with a port where it has one: names of letters, digits and hyphens with dots between them.
fn is_host(text: &str) -> bool {
    let (names, port) = text.split_once(':').unwrap_or((text, "1"));
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with('-')
            && name.chars().all(|character| {
                character.is_alphanumeric() || character == '-' || is_mark(character)
            })
    };
    names.split('.').all(is_name)
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// Tells whether a character only belongs to the letter before it, as in names of Indian scripts.
fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

/// Tells whether a text has only what can stand in an address.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|character| {
        character.is_whitespace()
            || character.is_control()
            || "<>\"`\\^{}|".contains(character)
            || is_unseen(character)
    })
}

/// Tells whether nobody sees a character: joiners and marks of direction, which can make an address look like another.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_website_has_a_scheme_and_a_host() {
        for text in [
            "https://www.x.org",
            "HTTP://x.org/a?b=c#d",
            "https://x.org:8080/a(b)_c,d",
            "https://müller.example/é",
            "https://भारत.example",
            "https://intranet/page",
        ] {
            assert!(is_web(text), "{text}");
        }
        for text in [
            "",
            "www.x.org",
            "x.org",
            "https://",
            "https:///x",
            "https:x.org",
            "//x.org",
            "https://x .org",
            "https://x.org/a b",
            "https://.org",
            "javascript:alert(1)",
            "JavaScript:https://x.org",
            "data:text/html,x",
            "vbscript:x",
            "mailto:a@x.org",
            "ftp://x.org",
            "https://x.org\" onclick=",
            "https://a@x.org",
            " https://x.org",
            "https://x.org\n",
            "https://x\u{202e}.org",
            "https://x.org:port",
        ] {
            assert!(!is_web(text), "{text}");
        }
    }

    #[test]
    fn usual_slips_of_websites_are_mended() {
        for (text, mended) in [
            ("www.x.org", Some("https://www.x.org")),
            ("x.org/page", Some("https://x.org/page")),
            ("<https://x.org>", Some("https://x.org")),
            (" https://x.org ", Some("https://x.org")),
            ("https:/x.org", Some("https://x.org")),
            ("http//x.org", Some("https://x.org")),
            ("//x.org", Some("https://x.org")),
            ("doi:10.1000/182", Some("https://doi.org/10.1000/182")),
            ("javascript:alert(1)", None),
            ("javascript:x.org", None),
            ("mailto:help@x.org", None),
            ("help@x.org", None),
            ("our page", None),
            ("page", None),
        ] {
            assert_eq!(mended_web(text).as_deref(), mended, "{text}");
        }
    }

    #[test]
    fn a_mail_address_is_one_and_nothing_else() {
        for text in ["help@x.org", "a.b+c@mail.x.org", "josé@müller.example"] {
            assert!(is_mail(text), "{text}");
        }
        for text in [
            "",
            "help",
            "help@",
            "@x.org",
            "help@x",
            "help at x.org",
            "mailto:help@x.org",
            "a@x.org, b@x.org",
            "A <a@x.org>",
            "a@x.org?subject=b",
            "a@b@x.org",
        ] {
            assert!(!is_mail(text), "{text}");
        }
        for (text, mended) in [
            ("help at x.org", Some("help@x.org")),
            ("mailto:help@x.org", Some("help@x.org")),
            ("Help desk <help@x.org>", Some("help@x.org")),
            ("help@x.org?subject=Hello", Some("help@x.org")),
            ("a@x.org, b@x.org", None),
            ("help", None),
        ] {
            assert_eq!(mended_mail(text).as_deref(), mended, "{text}");
        }
    }
}
