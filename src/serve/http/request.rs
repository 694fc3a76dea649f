//! Reads the head of a request: its method, the name it was sent to, and its path.

use hyper::header::{self, HeaderMap};
use hyper::http::request::Parts;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

/// What a browser may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    /// As `Get`; the bytes of the reply are then not sent.
    Head,
}

/// A request that may be answered.
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Decoded; begins with `/`; no part is `.`, `..` or empty, except the last, which may be empty; holds no `\` and no NUL.
    pub(crate) path: String,
    /// What stands after the `?`, as it was sent.
    pub(crate) query: String,
    /// Where it comes from.
    pub(crate) peer: SocketAddr,
    /// Where it came in.
    local: SocketAddr,
    headers: HeaderMap,
}

impl Request {
    /// Gives a header; the first, if there are several.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Gives a cookie, as it was sent.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Whether it comes from this machine.
    pub(crate) fn is_local(&self) -> bool {
        let peer = self.peer.ip().to_canonical();
        peer.is_loopback() || peer == self.local.ip().to_canonical()
    }

    pub(super) fn all_headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn read(
        head: Parts,
        peer: SocketAddr,
        local: SocketAddr,
        own_names: &[String],
    ) -> Result<Self, Refusal> {
        check_names(&head, local, own_names)?;
        let method = match head.method {
            hyper::Method::GET => Method::Get,
            hyper::Method::HEAD => Method::Head,
            _ => {
                return Err(Refusal::new(
                    405,
                    "This server only shows pages: it knows nothing but GET and HEAD.",
                ));
            }
        };
        let path = decoded(head.uri.path()).ok_or_else(|| {
            Refusal::new(
                400,
                "This address is not written as the address of a page can be.",
            )
        })?;
        Ok(Self {
            method,
            path,
            query: head.uri.query().unwrap_or_default().to_owned(),
            peer,
            local,
            headers: head.headers,
        })
    }

    /// Makes a request from this machine, for tests of what answers it.
    #[cfg(test)]
    pub(crate) fn get(address: &str, headers: &[(&'static str, &str)]) -> Self {
        let mut request = hyper::Request::get(address).header(header::HOST, "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, ()) = request.body(()).unwrap().into_parts();
        let here = SocketAddr::from(([127, 0, 0, 1], 1));
        match Self::read(head, here, here, &[]) {
            Ok(request) => request,
            Err(refusal) => panic!("{address}: {}", refusal.sentence),
        }
    }
}

/// Why a request is not answered.
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) sentence: String,
}

impl Refusal {
    fn new(status: u16, sentence: impl Into<String>) -> Self {
        Self {
            status,
            sentence: sentence.into(),
        }
    }
}

/// Refuses names that are not this machine's. A page from elsewhere can give its own name our address, and would then be let into
/// the site by the browser; but it cannot make the browser send another name.
fn check_names(head: &Parts, local: SocketAddr, own_names: &[String]) -> Result<(), Refusal> {
    let mut hosts = head.headers.get_all(header::HOST).iter();
    let is_own = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host
            .to_str()
            .is_ok_and(|host| is_own_name(host, local.ip(), own_names)),
        _ => false,
    };
    // A target can be a whole address with a name of its own.
    let is_target_own = head
        .uri
        .authority()
        .is_none_or(|authority| is_own_name(authority.as_str(), local.ip(), own_names));
    if is_own && is_target_own {
        return Ok(());
    }
    let open = SocketAddr::new(local.ip().to_canonical(), local.port());
    Err(Refusal::new(
        421,
        format!("Stepdown is not reached by this name. Open http://{open}/ instead."),
    ))
}

/// Whether `host`, with or without a port, is this machine as the client reached it.
fn is_own_name(host: &str, local: IpAddr, own_names: &[String]) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        // The colons of an address of the sixth version stand in brackets.
        Some((name, port)) if !port.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    if !port.bytes().all(|sign| sign.is_ascii_digit()) {
        return false;
    }
    let bare = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'))
        .unwrap_or(name);
    if let Ok(address) = bare.parse::<IpAddr>() {
        let address = address.to_canonical();
        return address.is_loopback() || address == local.to_canonical();
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || own_names.iter().any(|own| own.eq_ignore_ascii_case(&name))
}

/// Decodes a path. Nothing if it is not one, or could lead out of the site.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let parts = path.strip_prefix('/')?;
    if path.contains(['\0', '\\']) {
        return None;
    }
    let (folders, name) = parts.rsplit_once('/').unwrap_or(("", parts));
    let has_empty = parts.len() > name.len() && folders.split('/').any(str::is_empty);
    let has_dots = parts.split('/').any(|part| part == "." || part == "..");
    (!has_empty && !has_dots).then_some(path)
}

/// Encodes what cannot stand in the header `Location`. What is encoded already stays as it is.
pub(super) fn encoded(address: &str) -> Cow<'_, str> {
    if address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(address);
    }
    let mut safe = String::with_capacity(address.len() + 16);
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            safe.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(safe, "%{byte:02X}");
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::{Request, decoded, encoded, is_own_name};
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn paths_are_decoded() {
        for (path, expected) in [
            ("/", "/"),
            ("/en/", "/en/"),
            ("/en/a%20b.html", "/en/a b.html"),
            ("/%D8%B9/%e2%82%ac.html", "/ع/€.html"),
            ("/é.html", "/é.html"),
            ("/a+b", "/a+b"),
            ("/100%25", "/100%"),
            ("/..a/b..", "/..a/b.."),
            ("/a%2Fb", "/a/b"),
        ] {
            assert_eq!(decoded(path).as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn paths_that_are_none_or_lead_out_are_refused() {
        for path in [
            "",
            "a",
            "*",
            "/..",
            "/../a",
            "/a/../b",
            "/a/..",
            "/%2e%2e/a",
            "/.%2E/a",
            "/..%2fa",
            "/a%2F..%2Fb",
            "/..%5Ca",
            "/a\\b",
            "/%5c",
            "/a%00b",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/%ff",
            "/%c3%28",
            "//a",
            "/a//b",
            "/./a",
            "/a/.",
            "//",
        ] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }

    #[test]
    fn only_names_of_this_machine_are_its_own() {
        let lan = IpAddr::V4(Ipv4Addr::new(192, 168, 1, 7));
        let own = ["nora.local".to_owned()];
        for name in [
            "localhost",
            "LocalHost:8080",
            "localhost.",
            "a.localhost:80",
            "127.0.0.1:8080",
            "127.1.2.3",
            "[::1]:8080",
            "[::1]",
            "192.168.1.7:8080",
            "[::ffff:192.168.1.7]",
            "Nora.local:8080",
        ] {
            assert!(is_own_name(name, lan, &own), "{name}");
        }
        for name in [
            "",
            ":",
            "evil.example",
            "localhost.evil.example",
            "evillocalhost",
            "192.168.1.8",
            "0.0.0.0:8080",
            "[::]",
            "nora.local.evil.example",
            "localhost:80:80",
            "localhost:evil",
            "user@localhost",
            "localhost/",
            "127.0.0.1.evil.example",
        ] {
            assert!(!is_own_name(name, lan, &own), "{name}");
        }
    }

    #[test]
    fn a_request_gives_its_cookies_and_headers() {
        let request = Request::get(
            "/a?b=%20c",
            &[("cookie", "x=1; stepdown-show=faults"), ("accept", "*/*")],
        );
        assert_eq!(request.query, "b=%20c");
        assert_eq!(request.cookie("stepdown-show"), Some("faults"));
        assert_eq!(request.cookie("show"), None);
        assert_eq!(request.header("Accept"), Some("*/*"));
        assert!(request.is_local());
    }

    #[test]
    fn requests_of_this_machine_are_told_from_those_of_others() {
        let is_local = |peer: &str, local: &str| {
            let request = Request {
                peer: peer.parse().unwrap(),
                local: local.parse().unwrap(),
                ..Request::get("/", &[])
            };
            request.is_local()
        };
        assert!(is_local("127.0.0.2:5", "127.0.0.1:80"));
        assert!(is_local("[::1]:5", "[::1]:80"));
        assert!(is_local("192.168.1.7:5", "192.168.1.7:80"));
        assert!(is_local("[::ffff:192.168.1.7]:5", "192.168.1.7:80"));
        assert!(!is_local("192.168.1.8:5", "192.168.1.7:80"));
        assert!(!is_local("[fe80::1]:5", "[::1]:80"));
    }

    #[test]
    fn an_address_in_a_header_is_encoded() {
        assert_eq!(encoded("/en/a.html#b"), "/en/a.html#b");
        assert_eq!(encoded("/ع b%20c\r\nx: y"), "/%D8%B9%20b%20c%0D%0Ax:%20y");
    }
}
