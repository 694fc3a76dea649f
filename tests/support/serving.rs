//! The program serving a folder, and a client that speaks HTTP with it over real sockets. Everything is bounded in time.

use super::program::{command, seconds_of_today};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// How long anything may take on a machine that is busy with other tests.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; it ends with the value.
pub(crate) struct Server {
    child: Child,
    pub port: u16,
    said: Arc<Mutex<String>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    /// The headers, their names in small letters.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Gives the body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Gives a header, empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Gives a page as it will be published: without the script of the server.
    pub(crate) fn page(&self) -> Vec<u8> {
        let text = self.text();
        let script = text
            .rfind("<script src=\"/.stepdown/preview.js?")
            .unwrap_or(text.len());
        self.body[..script].to_vec()
    }
}

impl Server {
    /// Starts the program in a folder and waits until it has read the site for the first time.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = command(folder);
        command.args(["serve", "--port", "0"]).args(arguments);
        Self::run(command)
    }

    /// Starts the program where it may hold only so many files open.
    #[cfg(unix)]
    pub(crate) fn start_with_files(folder: &Path, files: u32) -> Self {
        let program = command(folder).get_program().to_owned();
        let mut command = Command::new("/bin/sh");
        command
            .current_dir(folder)
            .env_clear()
            .env("SOURCE_DATE_EPOCH", seconds_of_today())
            .args(["-c", "ulimit -n \"$1\"; exec \"$0\" serve --port 0"])
            .arg(program)
            .arg(files.to_string());
        Self::run(command)
    }

    /// Starts a command that serves.
    pub(crate) fn run(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let heard = Arc::clone(&said);
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut heard = heard.lock().unwrap();
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        let mut server = Self {
            child,
            port: 0,
            said,
        };
        server.says("To stop, press");
        let said = server.said();
        let address = said.split("The site is at http://").nth(1).unwrap();
        let address = address.split('/').next().unwrap();
        server.port = address.rsplit(':').next().unwrap().parse().unwrap();
        server.until("the first version", |server| {
            server
                .get("/.stepdown/findings.json")
                .text()
                .contains("\"version\":1")
                || !server
                    .get("/")
                    .text()
                    .contains("being made for the first time")
        });
        server
    }

    /// Gives what the program said so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until the program has said some words.
    pub(crate) fn says(&self, words: &str) {
        self.until(words, |server| server.said().contains(words));
    }

    /// Waits until something is so.
    pub(crate) fn until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !is_so(self) {
            assert!(
                start.elapsed() < PATIENCE,
                "not so: {what}\n{}",
                self.said()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until a page has some words.
    pub(crate) fn shows(&self, path: &str, words: &str) {
        self.until(&format!("{path} shows {words}"), |server| {
            server.get(path).text().contains(words)
        });
    }

    /// Asks for an address.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks for an address with some headers.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n",
            self.port
        );
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head.push_str("\r\n");
        self.send(head.as_bytes())
    }

    /// Sends bytes and reads what comes back until the connection is closed.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses may close before all is sent.
        stream.write_all(bytes).ok();
        let mut all = Vec::new();
        let mut part = vec![0; 1 << 16];
        while let Ok(read) = stream.read(&mut part) {
            if read == 0 {
                break;
            }
            all.extend_from_slice(&part[..read]);
        }
        parsed(&all)
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Opens the stream of events.
    pub(crate) fn events(&self) -> Events {
        let mut stream = self.connect();
        let head = format!(
            "GET /.stepdown/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: text/event-stream\r\n\r\n",
            self.port
        );
        stream.write_all(head.as_bytes()).unwrap();
        let (send, receive) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let event = line.strip_prefix("data:").map(str::trim);
                if let Some(Ok(value)) = event.map(serde_json::from_str)
                    && send.send(value).is_err()
                {
                    return;
                }
            }
        });
        Events { receive }
    }

    /// Gives the values of the box on a page, once the whole site was looked at.
    pub(crate) fn findings(&self, page: &str) -> Value {
        let address = format!("/.stepdown/findings.json?page={page}");
        let read = |server: &Self| -> Value {
            serde_json::from_str(&server.get(&address).text()).unwrap_or_default()
        };
        self.until("the site was looked at", |server| {
            read(server)["complete"] == true
        });
        read(self)
    }

    /// Gives the memory that the program holds, in megabytes (Linux).
    pub(crate) fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS"))
            .unwrap();
        let digits: String = line.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u64>().unwrap() / 1024
    }

    /// Gives the number of the process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the process has ended.
    pub(crate) fn ends_within(&mut self, limit: Duration) -> bool {
        let start = Instant::now();
        while start.elapsed() < limit {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            thread::sleep(Duration::from_millis(5));
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A stream of events.
pub(crate) struct Events {
    receive: Receiver<Value>,
}

impl Events {
    /// Waits for an event of which something is so; others before it are passed over.
    pub(crate) fn wait_for(&self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let start = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(start.elapsed());
            let event = self.receive.recv_timeout(left);
            let event = event.unwrap_or_else(|_| panic!("no event: {what}"));
            if is_so(&event) {
                return event;
            }
        }
    }
}

/// A connection that is kept open for many requests.
pub(crate) struct Kept {
    stream: TcpStream,
    space: Vec<u8>,
}

impl Kept {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            space: vec![0; 1 << 16],
        }
    }

    /// Asks for the head of an address so many times at once, and fails unless each is answered.
    pub(crate) fn heads(&mut self, path: &str, times: usize) {
        let request = format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let requests = request.repeat(times);
        self.stream.write_all(requests.as_bytes()).unwrap();
        let mut all = String::new();
        while !all.ends_with("\r\n\r\n") || all.matches("\r\n\r\n").count() < times {
            let read = self.stream.read(&mut self.space).unwrap();
            assert!(read > 0, "{path}: closed after {all}");
            all.push_str(&String::from_utf8_lossy(&self.space[..read]));
        }
        assert_eq!(all.matches("HTTP/1.1 200 OK\r\n").count(), times, "{path}");
    }
}

/// Reads status, headers and body.
fn parsed(bytes: &[u8]) -> Answer {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap_or(bytes.len());
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.and_then(|status| status.parse().ok()).unwrap_or(0),
        headers: headers
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect(),
        body: bytes.get(end + 4..).unwrap_or_default().to_vec(),
    }
}
