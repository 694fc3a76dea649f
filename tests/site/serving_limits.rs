//! `serve` left running: crowds of clients, clients that mean no good, a hundred thousand requests, a thousand saves, and no files left.
//!
//! Everything is bounded in time and number. Memory is what the system says that the program holds.

use crate::support::chance::Chance;
use crate::support::serving::{Kept, Server};
use crate::support::{HELPLINES, article, write_files};
use rustix::process::{Resource, getrlimit, setrlimit};
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// How long a page may take while others do their worst.
const QUICK: Duration = Duration::from_secs(2);
/// Megabytes that the program may hold more while they do.
const MORE: u64 = 30;

/// A small site with one style and as many pages as asked for.
fn site(pages: usize) -> tempfile::TempDir {
    // The tests hold the other end of all connections, side by side.
    let mut files = getrlimit(Resource::Nofile);
    files.current = Some(files.maximum.unwrap_or(u64::MAX).min(10_240));
    setrlimit(Resource::Nofile, files).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write_files(
        folder.path(),
        &[
            (
                "stepdown.toml",
                "slug = \"clinic\"\nlanguages = [\"en\"]\ncountry = \"US\"\n",
            ),
            ("content/_data/helplines.toml", HELPLINES),
            ("content/en/index.md", &article("", "Home.\n")),
            ("static/own.css", "main { color: black; }\n"),
        ],
    );
    for number in 0..pages {
        save(
            folder.path(),
            number,
            &format!("Page {number}, see [[p0]].\n"),
        );
    }
    folder
}

/// Saves a page in one step, so that no half of it is ever seen.
fn save(folder: &Path, number: usize, text: &str) {
    let part = folder.join("content/en/.part");
    fs::write(&part, article("", text)).unwrap();
    fs::rename(part, folder.join(format!("content/en/p{number}.md"))).unwrap();
}

/// Puts a large file into a site, which looks as if it had been there for long.
fn put_large(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::write(&path, bytes).unwrap();
    let long_ago = SystemTime::now() - Duration::from_hours(1);
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(long_ago).unwrap();
}

/// Fails unless pages are answered as quickly as ever.
fn answers_quickly(server: &Server) {
    for path in ["/own.css", "/", "/.stepdown/own.css", "/own.css"] {
        let begun = Instant::now();
        assert_eq!(server.get(path).status, 200, "{path}");
        let taken = begun.elapsed();
        assert!(taken < QUICK, "{path}: {taken:?}\n{}", server.said());
    }
}

/// Fails if the program holds too much more memory than before.
fn holds_little_more(server: &Server, before: u64, more: u64, when: &str) {
    let now = server.memory();
    assert!(now <= before + more, "{when}: {before} MB, then {now} MB");
}

#[test]
fn three_hundred_half_open_connections_keep_nobody_out() {
    let folder = site(3);
    let server = Server::start(folder.path(), &[]);
    answers_quickly(&server);
    let before = server.memory();
    let starts: [&[u8]; 4] = [
        b"",
        b"GET / HTTP/1.1\r\nHo",
        b"G",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ];
    let mut held = Vec::new();
    for number in 0..300 {
        let mut stream = server.connect();
        stream.write_all(starts[number % starts.len()]).unwrap();
        held.push(stream);
    }
    answers_quickly(&server);
    holds_little_more(&server, before, MORE, "with 300 half-open connections");
    save(folder.path(), 0, "Saved meanwhile.\n");
    server.shows("/en/p0.html", "Saved meanwhile.");
    // Those that said nothing still may.
    held[0]
        .write_all(b"GET /own.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut start = [0; 15];
    held[0].read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");
}

/// Writes without end; gives how many bytes were taken until the connection was closed.
fn write_until_closed(mut stream: TcpStream, start: &str, piece: &str) -> usize {
    stream.write_all(start.as_bytes()).unwrap();
    let piece = piece.repeat(64 * 1024 / piece.len());
    let mut sent = start.len();
    while sent < 200_000_000 {
        match stream.write(piece.as_bytes()) {
            Ok(count) => sent += count,
            Err(error) => {
                let is_open = matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut);
                assert!(!is_open, "the connection was not closed");
                return sent;
            }
        }
    }
    sent
}

#[test]
fn endless_heads_are_cut_off_and_cost_no_memory() {
    let folder = site(3);
    let server = Server::start(folder.path(), &[]);
    answers_quickly(&server);
    let before = server.memory();
    thread::scope(|scope| {
        for number in 0..20 {
            let stream = server.connect();
            let (start, piece) = match number % 4 {
                0 => ("GET / HTTP/1.1\r\nHost: localhost\r\nx: ", "y"),
                1 => ("GET / HTTP/1.1\r\nHost: localhost\r\n", "a: b\r\n"),
                2 => ("GET /", "y"),
                _ => (
                    "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999999\r\n\r\n",
                    "y",
                ),
            };
            scope.spawn(move || {
                let sent = write_until_closed(stream, start, piece);
                // What is beyond the limit is what the buffers of two sockets hold.
                assert!(sent < 20_000_000, "{start:?}: {sent}");
            });
        }
        answers_quickly(&server);
        holds_little_more(&server, before, MORE, "while heads do not end");
    });
    answers_quickly(&server);
    holds_little_more(&server, before, MORE, "after heads that did not end");
}

/// Asks for a file on many connections, and reads none of the answers.
fn ask_and_never_read(server: &Server, path: &str, clients: usize) -> Vec<TcpStream> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    (0..clients)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(request.as_bytes()).unwrap();
            stream
        })
        .collect()
}

/// Waits until the first bytes of an answer are there, and takes none.
fn waits_for_the_start(held: &[TcpStream]) {
    for stream in held {
        let count = stream.peek(&mut [0; 15]).unwrap();
        assert!(count > 0, "the connection was closed");
    }
}

#[test]
fn a_hundred_clients_that_never_read_a_large_file_cost_no_memory() {
    let folder = site(3);
    put_large(folder.path(), "static/film.mp4", &vec![7; 30_000_000]);
    let server = Server::start(folder.path(), &[]);
    answers_quickly(&server);
    let before = server.memory();
    let held = ask_and_never_read(&server, "/film.mp4", 100);
    waits_for_the_start(&held);
    answers_quickly(&server);
    holds_little_more(&server, before, MORE, "while nobody reads a large file");
    save(folder.path(), 0, "Saved meanwhile.\n");
    server.shows("/en/p0.html", "Saved meanwhile.");
}

#[test]
fn a_hundred_clients_that_never_read_the_zip_edition_hold_it_once() {
    let folder = site(3);
    let mut chance = Chance::new(5);
    let noise: Vec<u8> = (0..2_000_000).map(|_| chance.byte()).collect();
    put_large(folder.path(), "static/film.mp4", &noise);
    let server = Server::start(folder.path(), &[]);
    let address = "/.stepdown/editions/clinic.zip";
    let zip = server.get(address);
    assert_eq!(zip.status, 200);
    assert!(zip.body.len() > noise.len());
    let before = server.memory();
    let held = ask_and_never_read(&server, address, 100);
    waits_for_the_start(&held);
    holds_little_more(&server, before, MORE, "while nobody reads the zip edition");
    answers_quickly(&server);
    drop(held);
    assert!(server.get(address).body == zip.body);
}

#[test]
fn a_hundred_thousand_requests_leave_no_trace_in_memory() {
    let folder = site(3);
    let server = Server::start(folder.path(), &[]);
    let mut clients: Vec<Kept> = (0..4).map(|_| Kept::new(server.connect())).collect();
    let mut ask = |requests: usize| {
        let rounds = requests / clients.len() / 50;
        thread::scope(|scope| {
            for kept in &mut clients {
                scope.spawn(move || {
                    for round in 0..rounds {
                        // A file of the site, one of the server's own, and now and then a page, which is made anew each time.
                        let path = match round % 50 {
                            49 => "/en/p1.html",
                            even if even % 2 == 0 => "/own.css",
                            _ => "/.stepdown/own.css",
                        };
                        kept.heads(path, 50);
                    }
                });
            }
        });
    };
    ask(10_000);
    let before = server.memory();
    ask(90_000);
    holds_little_more(&server, before, 10, "after 100,000 requests");
    answers_quickly(&server);
}

#[test]
fn a_thousand_saves_leave_no_trace_in_memory() {
    let folder = site(100);
    let server = Server::start(folder.path(), &[]);
    let events = server.events();
    let mut version = events.wait_for("the first", |_| true)["version"].as_u64();
    let mut after_hundred = 0;
    let begun = Instant::now();
    for number in 1..=SAVES {
        // A slow machine is spared the rest.
        if number > FEWEST_SAVES && begun.elapsed() > Duration::from_secs(25) {
            break;
        }
        save(
            folder.path(),
            number % 100,
            &format!("Saved for the {number}th time, see [[p1]].\n"),
        );
        let event = events.wait_for("the save", |event| event["version"].as_u64() > version);
        version = event["version"].as_u64();
        if number % 20 == 0 {
            let page = server.get(&format!("/en/p{}.html", number % 100));
            assert!(page.text().contains(&format!("for the {number}th time")));
        }
        if number == 100 {
            after_hundred = server.memory();
        }
    }
    holds_little_more(&server, after_hundred, 15, "after all saves");
}

/// How often a site is saved, and how often at least.
const SAVES: usize = 1000;
const FEWEST_SAVES: usize = 200;

#[cfg(unix)]
#[test]
fn with_no_files_left_it_says_so_and_answers_and_all_is_well_when_they_are_closed() {
    let folder = site(3);
    let server = Server::start_with_files(folder.path(), 64);
    let held: Vec<TcpStream> = (0..300)
        .map(|number| {
            let mut stream = server.connect();
            if number % 2 == 0 {
                // One that has lost its place already takes nothing.
                stream.write_all(b"GET / HTTP/1.1\r\nHo").ok();
            }
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(server.get("/own.css").status, 200);
    assert_eq!(server.get("/en/p1.html").status, 200);
    let taken = begun.elapsed();
    assert!(taken < Duration::from_secs(5), "{taken:?}");
    let sentence = "This machine allows no more open files. Pages are answered again as soon as some are closed.\n";
    server.says(sentence);
    save(folder.path(), 0, "Saved meanwhile.\n");
    server.shows("/en/p0.html", "Saved meanwhile.");
    drop(held);
    save(folder.path(), 0, "Saved afterwards.\n");
    server.shows("/en/p0.html", "Saved afterwards.");
    for _ in 0..50 {
        answers_quickly(&server);
    }
    let said = server.said();
    assert_eq!(said.matches(sentence).count(), 1, "{said}");
    assert!(!said.contains("mistake"), "{said}");
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let folder = site(1);
    let server = Server::start(folder.path(), &["--host", "127.0.0.1"]);
    let port = server.port;
    let asked = |path: &str, lines: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{lines}\r\n");
        server.send(request.as_bytes()).status
    };
    let paths = [
        "/en/p0.html",
        "/.stepdown/findings.json",
        "/.stepdown/own.css",
    ];
    for path in paths {
        for host in [
            "localhost".to_owned(),
            format!("localhost:{port}"),
            format!("LocalHost:{port}"),
            "127.0.0.1".to_owned(),
            format!("127.0.0.1:{port}"),
            "[::1]".to_owned(),
            format!("[::1]:{port}"),
        ] {
            assert_eq!(asked(path, &format!("Host: {host}\r\n")), 200, "{host}");
        }
        for lines in [
            "",
            "Host:\r\n",
            "Host: evil.example\r\n",
            "Host: localhost.evil.example\r\n",
            "Host: 127.0.0.1.evil.example\r\n",
            "Host: 192.0.2.1\r\n",
            "Host: ::1\r\n",
            "Host: [::1].evil.example\r\n",
            "Host: localhost\r\nHost: localhost\r\n",
            "Host: localhost\r\nHost: evil.example\r\n",
            "Host: localhost, evil.example\r\n",
            "Host: localhost@evil.example\r\n",
        ] {
            assert_eq!(asked(path, lines), 421, "{path} {lines:?}");
        }
    }
    // The head of a stream ends, the stream does not.
    let foreign =
        "HEAD /.stepdown/events HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(server.send(foreign.as_bytes()).status, 421);
    assert_eq!(asked("/.stepdown/open", "Host: evil.example\r\n"), 421);
}

#[test]
fn a_folder_that_cannot_be_read_is_shown_and_said_once_and_mended_by_itself() {
    let folder = site(3);
    let root = folder.path();
    let server = Server::start(root, &["--poll"]);
    let (content, away) = (root.join("content"), root.join("away"));
    let trouble = "The site cannot be shown: could not read the folder";
    fs::rename(&content, &away).unwrap();
    fs::write(&content, "no folder").unwrap();
    server.says(trouble);
    server.shows("/en/p0.html", "The site cannot be shown");
    for path in ["/", "/en/p0.html", "/en/nowhere.html"] {
        let page = server.get(path);
        assert_eq!(page.status, 500, "{path}");
        let text = page.text();
        for words in ["ould not read the folder", "content", "preview.js"] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    // Looked at for many times.
    thread::sleep(Duration::from_millis(2500));
    let said = server.said();
    assert_eq!(said.matches(trouble).count(), 1, "{said}");
    fs::remove_file(&content).unwrap();
    fs::rename(&away, &content).unwrap();
    server.shows("/en/p0.html", "Page 0");
    server.says("shown after ");
    assert_eq!(server.get("/").status, 200);
    assert!(!server.said().contains("A new day"), "{}", server.said());
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_that_is_no_unicode_is_shown_and_mended_when_it_is_gone() {
    use std::os::unix::ffi::OsStrExt;
    let folder = site(3);
    let root = folder.path();
    let server = Server::start(root, &[]);
    let name = std::ffi::OsStr::from_bytes(b"content/en/\xff.md");
    fs::write(root.join(name), article("", "Text.\n")).unwrap();
    server.shows("/en/p0.html", "is not in Unicode");
    let page = server.get("/en/p0.html");
    assert_eq!(page.status, 500);
    assert!(page.text().contains("What to do: rename the file."));
    // The folder is looked at every two seconds.
    thread::sleep(Duration::from_millis(2500));
    let said = server.said();
    assert_eq!(said.matches("is not in Unicode").count(), 1, "{said}");
    fs::remove_file(root.join(name)).unwrap();
    server.shows("/en/p0.html", "Page 0");
    server.says("The site can be shown now: shown after ");
    assert!(!server.said().contains("A new day"), "{}", server.said());

    // It is seen at the start as well, and then no file is news.
    fs::write(root.join(name), article("", "Text.\n")).unwrap();
    let late = Server::start(root, &[]);
    late.says("is not in Unicode");
    assert_eq!(late.get("/").status, 500);
    fs::rename(root.join(name), root.join("content/en/named.md")).unwrap();
    late.shows("/en/named.html", "Text.");
    late.says("The site can be shown now: shown after ");
    assert!(!late.said().contains("is new"), "{}", late.said());
}
