//! Real sockets on this machine, bounded in time and number.

use super::{Answers, Bytes, Limits, Listening, Reply, Request, bind, kind_of, listen_within};
use rustix::process::{Resource, getrlimit, setrlimit};
use std::io::{Cursor, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(8);

struct Server {
    listening: Listening,
    address: SocketAddr,
    said: Mutex<mpsc::Receiver<String>>,
}

impl Server {
    fn new() -> Self {
        Self::within(Limits::default())
    }

    fn within(limits: Limits) -> Self {
        Self::answering(limits, Arc::new(site))
    }

    fn answering(limits: Limits, answers: Answers) -> Self {
        let listener = bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
        let address = listener.local_addr().unwrap();
        let (send, said) = mpsc::channel();
        let send = Mutex::new(send);
        let listening = listen_within(
            limits,
            listener,
            vec!["nora.local".to_owned()],
            "first".to_owned(),
            answers,
            Arc::new(move |sentence| {
                let _ = send.lock().unwrap().send(sentence);
            }),
        )
        .unwrap();
        Self {
            listening,
            address,
            said: Mutex::new(said),
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes and reads until the server closes.
    fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        let mut space = vec![0; 256 * 1024];
        let begun = Instant::now();
        loop {
            match stream.read(&mut space).unwrap() {
                0 => break,
                count => answer.extend_from_slice(&space[..count]),
            }
            assert!(begun.elapsed() < PATIENCE, "the answer does not end");
        }
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Asks for a target, with more lines in the head, and closes after it.
    fn ask(&self, method: &str, target: &str, lines: &str) -> Answered {
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{lines}\r\n"
        );
        Answered::read(&self.exchange(request.as_bytes()))
    }

    fn get(&self, target: &str) -> Answered {
        self.ask("GET", target, "")
    }
}

struct Answered {
    status: u16,
    head: String,
    body: String,
}

impl Answered {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or_else(|| panic!("no answer: {text:?}"));
        Self {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// All values of a header, joined by `|`.
    fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self
            .head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect();
        (!values.is_empty()).then(|| values.join("|"))
    }
}

const TEXT: &str = "0123456789abcdefghij";

/// What the tests look at.
fn site(request: &Request) -> Reply {
    match request.path.as_str() {
        "/text.html" => Reply::Body {
            status: 200,
            kind: kind_of(&request.path),
            bytes: Bytes::from_static(TEXT.as_bytes()),
            tag: Some("abc".to_owned()),
            headers: vec![
                ("x-frame-options", "SAMEORIGIN".to_owned()),
                ("set-cookie", "a=1".to_owned()),
                ("set-cookie", "b=2\r\nx-evil: 1".to_owned()),
            ],
        },
        "/film.mp4" => Reply::File {
            kind: kind_of(&request.path),
            length: TEXT.len() as u64,
            source: Box::new(Cursor::new(TEXT)),
            tag: Some("abc".to_owned()),
            headers: Vec::new(),
        },
        "/shrunk.mp4" => Reply::File {
            kind: kind_of(&request.path),
            length: 1_000_000,
            source: Box::new(Cursor::new(vec![0; 600_000])),
            tag: None,
            headers: Vec::new(),
        },
        "/large" => Reply::Body {
            status: 200,
            kind: kind_of(&request.path),
            bytes: Bytes::from(vec![b'x'; 20_000_000]),
            tag: None,
            headers: Vec::new(),
        },
        "/large.mp4" => Reply::File {
            kind: kind_of(&request.path),
            length: 20_000_000,
            source: Box::new(Cursor::new(vec![b'x'; 20_000_000])),
            tag: None,
            headers: Vec::new(),
        },
        "/moved" => Reply::Moved {
            to: "/é x.html".to_owned(),
            headers: vec![("set-cookie", "a=1".to_owned())],
        },
        "/done" => Reply::Empty(204),
        "/events" => Reply::Events,
        "/panic" => panic!("the cause"),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(4));
            Reply::text(200, "slow")
        }
        "/who" => Reply::text(
            200,
            format!("{} {}?{}", request.is_local(), request.path, request.query),
        ),
        path => Reply::text(404, format!("no {path}")),
    }
}

#[test]
fn every_answer_has_its_type_and_the_headers_that_protect_it() {
    let server = Server::new();
    for (target, status) in [("/who", 200), ("/none", 404), ("/%zz", 400), ("/done", 204)] {
        let answer = server.get(target);
        assert_eq!(answer.status, status, "{target}");
        for (name, value) in [
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name).as_deref(), Some(value), "{target}");
        }
    }
    assert_eq!(server.get("/done").header("content-length"), None);
    let answer = server.get("/text.html");
    assert_eq!(
        answer.header("content-type").as_deref(),
        Some("text/html; charset=utf-8")
    );
    // A reply's own headers come instead, several of one name stay, and none can bring another along.
    assert_eq!(
        answer.header("x-frame-options").as_deref(),
        Some("SAMEORIGIN")
    );
    assert_eq!(
        answer.header("set-cookie").as_deref(),
        Some("a=1|b=2x-evil: 1")
    );
    assert_eq!(answer.header("etag").as_deref(), Some("\"abc\""));
    assert_eq!(answer.header("accept-ranges").as_deref(), Some("bytes"));
    let moved = server.get("/moved");
    assert_eq!(moved.status, 302);
    assert_eq!(
        moved.header("location").as_deref(),
        Some("/%C3%A9%20x.html")
    );
    assert_eq!(moved.header("set-cookie").as_deref(), Some("a=1"));
}

#[test]
fn head_gives_the_headers_of_get_and_no_bytes() {
    let server = Server::new();
    for target in ["/text.html", "/film.mp4", "/none", "/moved"] {
        let get = server.get(target);
        let head = server.ask("HEAD", target, "");
        let without_date = |answer: &Answered| -> Vec<String> {
            let lines = answer.head.lines().filter(|line| !line.starts_with("date"));
            let mut lines: Vec<String> = lines.map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(without_date(&head), without_date(&get), "{target}");
        assert_eq!(head.body, "", "{target}");
    }
    let head = server.ask("HEAD", "/text.html", "");
    assert_eq!(head.header("content-length").as_deref(), Some("20"));
    let streams = server.ask("HEAD", "/events", "");
    assert_eq!((streams.status, streams.body.as_str()), (200, ""));
}

#[test]
fn other_methods_are_refused_and_their_bodies_never_read() {
    let server = Server::new();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        let answer = server.ask(method, "/text.html", "");
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow").as_deref(), Some("GET, HEAD"));
    }
    // What comes in a body is not taken for a second request.
    let hidden = "GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answer = server.exchange(
        format!(
            "GET /text.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{hidden}",
            hidden.len()
        )
        .as_bytes(),
    );
    assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
    let answer = server.exchange(
        b"POST /text.html HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 100000000\r\n\r\n",
    );
    assert!(answer.starts_with("HTTP/1.1 405"), "{answer}");
}

#[test]
fn conditions_and_ranges_are_answered() {
    let server = Server::new();
    for target in ["/text.html", "/film.mp4"] {
        let same = server.ask("GET", target, "If-None-Match: \"x\", W/\"abc\"\r\n");
        assert_eq!((same.status, same.body.as_str()), (304, ""));
        assert_eq!(same.header("etag").as_deref(), Some("\"abc\""));
        assert_eq!(same.header("content-length"), None);
        let same = server.ask("HEAD", target, "If-None-Match: \"abc\"\r\n");
        assert_eq!(same.status, 304);

        for (lines, range, body) in [
            ("Range: bytes=2-4\r\n", "bytes 2-4/20", "234"),
            ("Range: bytes=-3\r\n", "bytes 17-19/20", "hij"),
            (
                "Range: bytes=18-\r\nIf-Range: \"abc\"\r\n",
                "bytes 18-19/20",
                "ij",
            ),
        ] {
            let answer = server.ask("GET", target, lines);
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (206, body),
                "{lines}"
            );
            assert_eq!(answer.header("content-range").as_deref(), Some(range));
            assert_eq!(
                answer.header("content-length"),
                Some(body.len().to_string())
            );
        }
        for lines in [
            "Range: bytes=2-4\r\nIf-Range: \"old\"\r\n",
            "Range: bytes=0-1,3-4\r\n",
            "Range: nonsense\r\n",
        ] {
            let answer = server.ask("GET", target, lines);
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (200, TEXT),
                "{lines}"
            );
        }
        let answer = server.ask("GET", target, "Range: bytes=20-\r\n");
        assert_eq!(answer.status, 416);
        assert_eq!(
            answer.header("content-range").as_deref(),
            Some("bytes */20")
        );
    }
    // What is not there has no parts.
    assert_eq!(
        server.ask("GET", "/none", "Range: bytes=0-1\r\n").status,
        404
    );
}

#[test]
fn a_large_file_comes_whole_and_one_that_has_shrunk_breaks_off() {
    let server = Server::new();
    assert_eq!(server.get("/large.mp4").body.len(), 20_000_000);
    let shrunk = server.get("/shrunk.mp4");
    assert_eq!(shrunk.header("content-length").as_deref(), Some("1000000"));
    assert!(shrunk.body.len() < 1_000_000);
}

#[test]
fn no_form_of_a_path_leads_out_of_the_site() {
    let server = Server::new();
    assert_eq!(
        server.get("/who/../who?a=%20b").status,
        400,
        "dots are not resolved here"
    );
    for target in [
        "/../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/..%5c..%5cwindows",
        "/..\\windows",
        "/a%00.html",
        "//etc/passwd",
        "/%ff",
        "/%",
        "http://localhost/../etc/passwd",
    ] {
        let answer = server.get(target);
        assert_eq!(answer.status, 400, "{target}");
    }
    assert_eq!(server.get("/caf%C3%A9%20x").body, "no /café x\n");
    assert_eq!(server.get("/who?a=%20b&c").body, "true /who?a=%20b&c\n");
}

#[test]
fn only_requests_for_this_machine_are_answered() {
    let server = Server::new();
    let asked = |lines: &str, target: &str| {
        let request = format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{lines}\r\n");
        Answered::read(&server.exchange(request.as_bytes()))
    };
    let port = server.address.port();
    for (lines, target) in [
        (format!("Host: localhost:{port}\r\n"), "/who"),
        (format!("Host: 127.0.0.1:{port}\r\n"), "/who"),
        (format!("Host: [::1]:{port}\r\n"), "/who"),
        ("Host: NORA.local\r\n".to_owned(), "/who"),
        ("Host: localhost\r\n".to_owned(), "http://nora.local/who"),
    ] {
        assert_eq!(asked(&lines, target).status, 200, "{lines}{target}");
    }
    for (lines, target) in [
        ("", "/who"),
        ("Host:\r\n", "/who"),
        ("Host: evil.example\r\n", "/who"),
        ("Host: localhost\r\nHost: localhost\r\n", "/who"),
        ("Host: localhost\r\nHost: evil.example\r\n", "/who"),
        ("Host: localhost, evil.example\r\n", "/who"),
        ("Host: 192.0.2.1\r\n", "/who"),
        ("Host: localhost\r\n", "http://evil.example/who"),
        ("Host: localhost\r\n", "http://localhost@evil.example/who"),
        ("Host: evil.example\r\n", "http://localhost/who"),
    ] {
        let answer = asked(lines, target);
        assert_eq!(answer.status, 421, "{lines}{target}");
        assert_eq!(
            answer.body,
            format!(
                "Stepdown is not reached by this name. Open http://127.0.0.1:{port}/ instead.\n"
            )
        );
    }
    let old = server.exchange(b"GET /who HTTP/1.0\r\n\r\n");
    assert_eq!(Answered::read(&old).status, 421);
}

#[test]
fn a_panic_is_answered_and_told_and_others_go_on() {
    let server = Server::new();
    for _ in 0..20 {
        let answer = server.get("/panic");
        assert_eq!(answer.status, 500);
        assert!(answer.body.starts_with("This could not be shown"));
        assert_eq!(
            server.said.lock().unwrap().recv_timeout(PATIENCE).unwrap(),
            "The request for /panic could not be answered, because Stepdown itself made a mistake: the cause. Everything else is answered as before."
        );
    }
    assert_eq!(server.get("/who").status, 200);
}

#[test]
fn a_connection_serves_many_requests_also_those_sent_ahead() {
    let server = Server::new();
    let one = "GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let last = "GET /text.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let answers = server.exchange((one.repeat(5) + last).as_bytes());
    assert_eq!(answers.matches("true /who?").count(), 5);
    assert!(answers.ends_with(TEXT));
}

#[test]
fn answers_are_made_side_by_side_but_not_without_limit() {
    let running = Arc::new(Mutex::new((0, 0)));
    let counted = Arc::clone(&running);
    let answers = move |_: &Request| {
        let count = |change: i32| {
            let mut running = counted.lock().unwrap();
            running.0 += change;
            running.1 = running.1.max(running.0);
        };
        count(1);
        std::thread::sleep(Duration::from_millis(300));
        count(-1);
        Reply::text(200, "slow")
    };
    let server = Server::answering(Limits::default(), Arc::new(answers));
    std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| assert_eq!(server.get("/").body, "slow\n"));
        }
    });
    assert_eq!(*running.lock().unwrap(), (0, 16));
}

#[test]
fn two_thousand_that_say_nothing_keep_nobody_out() {
    // This test holds both ends of all connections; others are not harmed by more being allowed.
    let mut files = getrlimit(Resource::Nofile);
    files.current = Some(files.maximum.unwrap_or(u64::MAX).min(10_240));
    setrlimit(Resource::Nofile, files).unwrap();
    let server = Server::new();
    let mut silent = Vec::new();
    for number in 0..2000 {
        let mut stream = server.connect();
        if number % 2 == 0 {
            stream.write_all(b"GET /who HTTP/1.1\r\nHo").unwrap();
        }
        silent.push(stream);
        // The first 300 fit beside all others; from 1,024 on each of them takes the place of an older one.
        if number == 300 || number % 500 == 0 {
            let begun = Instant::now();
            assert_eq!(server.get("/who").status, 200);
            let taken = begun.elapsed();
            assert!(taken < Duration::from_secs(2), "{number}: {taken:?}");
        }
    }
    let begun = Instant::now();
    assert_eq!(server.get("/who").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2));
    // The oldest gave its place away, the newest has kept it.
    assert!(is_closed(&mut silent[0], PATIENCE));
    assert!(!is_closed(&mut silent[1999], Duration::from_millis(50)));
}

/// Whether the server closes the connection in time.
fn is_closed(stream: &mut TcpStream, patience: Duration) -> bool {
    stream.set_read_timeout(Some(patience)).unwrap();
    let mut space = [0; 1024];
    loop {
        match stream.read(&mut space) {
            Ok(0) => return true,
            Ok(_) => {}
            Err(error) => {
                return !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
            }
        }
    }
}

#[test]
fn endless_heads_are_cut_off() {
    let server = Server::new();
    for line in ["", "a: b\r\n"] {
        let mut stream = server.connect();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
            .write_all(b"GET /who HTTP/1.1\r\nHost: localhost\r\nx: ")
            .unwrap();
        let piece = if line.is_empty() {
            "y".repeat(64 * 1024)
        } else {
            line.repeat(10_000)
        };
        // What is beyond the limit stays in the buffers of the two sockets, which hold some megabytes.
        let mut sent = 0;
        while sent < 100_000_000 {
            match stream.write(piece.as_bytes()) {
                Ok(count) => sent += count,
                Err(error) => {
                    assert!(
                        !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
                        "the connection was not closed"
                    );
                    break;
                }
            }
        }
        assert!(sent < 20_000_000, "{sent}");
    }
    assert_eq!(server.get("/who").status, 200);
}

#[test]
fn heads_that_are_too_large_are_refused_and_large_cookies_are_not() {
    let server = Server::new();
    let cookie = format!("Cookie: a={}\r\n", "b".repeat(20_000));
    assert_eq!(server.ask("GET", "/who", &cookie).status, 200);
    assert_eq!(
        server.ask("GET", "/who", &"a: b\r\n".repeat(200)).status,
        431
    );
}

fn short() -> Limits {
    Limits {
        head: Duration::from_millis(300),
        idle: Duration::from_millis(900),
        stall: Duration::from_millis(600),
        sweep: Duration::from_millis(30),
        heartbeat: Duration::from_millis(200),
        ..Limits::default()
    }
}

#[test]
fn a_head_that_does_not_end_and_an_idle_connection_are_ended_in_time() {
    let server = Server::within(short());
    let mut slow = server.connect();
    let begun = Instant::now();
    slow.write_all(b"G").unwrap();
    // Bytes that come now and then do not put the end off.
    let mut more = slow.try_clone().unwrap();
    std::thread::spawn(move || {
        while more.write_all(b"E").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    assert!(is_closed(&mut slow, PATIENCE));
    let taken = begun.elapsed();
    assert!(taken >= Duration::from_millis(300), "{taken:?}");
    assert!(taken < Duration::from_millis(900), "{taken:?}");

    let mut idle = server.connect();
    idle.write_all(b"GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let begun = Instant::now();
    assert!(is_closed(&mut idle, PATIENCE));
    let taken = begun.elapsed();
    assert!(taken >= Duration::from_millis(800), "{taken:?}");
    assert!(taken < Duration::from_secs(4), "{taken:?}");
}

#[test]
fn a_client_that_never_reads_is_ended_and_a_slow_one_is_not() {
    let server = Server::within(short());
    for target in ["/large", "/large.mp4"] {
        let mut never = server.connect();
        never
            .write_all(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes())
            .unwrap();
        let waited = Instant::now();
        while waited.elapsed() < Duration::from_millis(100) || server.listening.open() > 0 {
            assert!(waited.elapsed() < PATIENCE, "{target}");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(waited.elapsed() >= Duration::from_millis(550), "{target}");

        // Pauses that are shorter than the limit, and together much longer than the limit for idle connections.
        let mut slow = server.connect();
        slow.write_all(
            format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .as_bytes(),
        )
        .unwrap();
        let (mut all, mut piece) = (0, vec![0; 4_000_000]);
        let begun = Instant::now();
        while let Ok(count) = slow.read(&mut piece)
            && count > 0
        {
            all += count;
            if begun.elapsed() < Duration::from_secs(2) {
                std::thread::sleep(Duration::from_millis(250));
            }
        }
        assert!(all > 20_000_000, "{target}: {all}");
    }
}

/// Reads a stream of events until `end` comes.
fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut text = Vec::new();
    let mut space = vec![0; 256 * 1024];
    let begun = Instant::now();
    while !text.ends_with(end.as_bytes()) {
        assert!(begun.elapsed() < PATIENCE, "{end:?} does not come");
        let count = stream.read(&mut space).unwrap();
        assert!(count > 0, "{}", String::from_utf8_lossy(&text));
        text.extend_from_slice(&space[..count]);
    }
    String::from_utf8(text).unwrap()
}

fn events(server: &Server) -> TcpStream {
    let mut stream = server.connect();
    // Without chunks, as answers to old clients are sent, the bytes are the events themselves.
    stream
        .write_all(b"GET /events HTTP/1.0\r\nHost: localhost\r\n\r\n")
        .unwrap();
    stream
}

#[test]
fn events_come_at_once_and_a_sign_of_life_between_them() {
    let server = Server::within(short());
    let mut stream = events(&server);
    let head = read_until(&mut stream, "retry: 500\n\ndata: first\n\n");
    assert!(head.contains("content-type: text/event-stream\r\n"));
    server.listening.announce("second\nline".to_owned());
    assert_eq!(
        read_until(&mut stream, "line\n\n"),
        "data: second\ndata: line\n\n"
    );
    let begun = Instant::now();
    let alive = "event: alive\ndata: 1\n\n";
    let twice = alive.repeat(2);
    assert_eq!(read_until(&mut stream, &twice), twice);
    assert!(begun.elapsed() >= Duration::from_millis(300));
    // Longer than an idle connection lives.
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(1200) {
        read_until(&mut stream, alive);
    }
    server.listening.announce("third".to_owned());
    read_until(&mut stream, "data: third\n\n");
    let mut late = events(&server);
    read_until(&mut late, "data: third\n\n");
}

#[test]
fn a_slow_client_gets_the_latest_event_and_not_all() {
    let server = Server::new();
    let mut stream = events(&server);
    read_until(&mut stream, "data: first\n\n");
    let mut event = String::new();
    for number in 0..400 {
        event = format!("{number} {}", "x".repeat(100_000));
        server.listening.announce(event.clone());
        std::thread::sleep(Duration::from_millis(1));
    }
    let got = read_until(&mut stream, &format!("{event}\n\n"));
    let count = got.matches("data: ").count();
    // What the buffers of the two sockets hold is some megabytes; all would be forty.
    assert!(count < 200, "{count}");
}

#[test]
fn streams_are_limited_and_given_free() {
    let limits = Limits {
        streams: 2,
        ..short()
    };
    let server = Server::within(limits);
    let mut held: Vec<TcpStream> = (0..2).map(|_| events(&server)).collect();
    for stream in &mut held {
        read_until(stream, "data: first\n\n");
    }
    let refused = server.get("/events");
    assert_eq!(refused.status, 503);
    assert_eq!(refused.header("retry-after").as_deref(), Some("5"));
    held.pop();
    let begun = Instant::now();
    loop {
        let mut stream = events(&server);
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        if &start == b"HTTP/1.0 200" {
            break;
        }
        assert!(begun.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_download_that_goes_on_is_not_ended_for_others() {
    let limits = Limits {
        connections: 2,
        ..Limits::default()
    };
    let server = Server::within(limits);
    let ask = |stream: &mut TcpStream, target: &str| {
        stream
            .write_all(format!("GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes())
            .unwrap();
    };
    let mut download = server.connect();
    ask(&mut download, "/large");
    let mut space = vec![0; 10_000_000];
    download.read_exact(&mut space[..1_000_000]).unwrap();
    let mut idle = server.connect();
    ask(&mut idle, "/who");
    read_until(&mut idle, "?\n");
    download.read_exact(&mut space).unwrap();
    let mut next = server.connect();
    ask(&mut next, "/who");
    read_until(&mut next, "?\n");
    assert!(is_closed(&mut idle, PATIENCE));
    download.read_exact(&mut space[..9_000_000]).unwrap();
}

#[test]
fn when_all_places_are_in_use_the_next_waits_for_one() {
    let limits = Limits {
        connections: 2,
        ..short()
    };
    let server = Server::within(limits);
    let mut held: Vec<TcpStream> = (0..2).map(|_| events(&server)).collect();
    for stream in &mut held {
        read_until(stream, "data: first\n\n");
    }
    // Streams are in use and not ended for others.
    let mut next = server.connect();
    next.write_all(b"GET /who HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    assert!(!is_closed(&mut next, Duration::from_millis(300)));
    drop(held);
    next.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut start = [0; 12];
    next.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
}

#[test]
fn dropping_ends_the_server_also_in_the_middle_of_an_answer() {
    let server = Server::new();
    let address = server.address;
    let mut stream = events(&server);
    read_until(&mut stream, "data: first\n\n");
    let mut slow = server.connect();
    slow.write_all(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    // Until the answer has been begun.
    std::thread::sleep(Duration::from_millis(200));
    let begun = Instant::now();
    drop(server);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert!(is_closed(&mut stream, PATIENCE));
    assert!(TcpStream::connect(address).is_err());
}
