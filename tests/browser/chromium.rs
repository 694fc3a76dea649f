//! A small client of Chromium's debugging protocol: one browser for all tests, a socket for each tab, no thread of its own.
//!
//! Every request of a page is recorded, and one that would leave this machine's copy of the site is refused. Console messages,
//! exceptions and failed requests are recorded too, so any test can ask for them.

use crate::sites::{TODAY, sites};
use crate::tools;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// How many tabs may be open at a time, over all tests.
const TABS: usize = 2;
/// How long the browser may take for one answer.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs the browser until the tests end: the pipe closes with them, however they end.
const KEEPER: &str = r#"profile=$1; shift; "$@" & read -r _; kill $!; wait $!; rm -rf "$profile""#;

const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
];

/// How the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Light,
    Dark,
    Forced,
    Print,
}

/// A tab with storage and history of its own.
pub(crate) struct Tab {
    socket: Socket,
    context: String,
    last_id: u64,
    events: VecDeque<Value>,
    /// The addresses of all requests since the last visit began.
    pub requests: Vec<String>,
    /// What the console said, exceptions, and requests that failed, since the last visit began.
    pub faults: Vec<String>,
    /// Whether a page that goes elsewhere by itself is held where it is; where it would go stands in `requests`.
    pub held: bool,
    /// An address elsewhere that is answered with an empty page.
    pub stand_in: Option<String>,
    here: String,
    /// What was emulated last, so that it is not asked for again.
    emulated: BTreeMap<String, Value>,
    _place: Place,
}

/// A browser with its process.
struct Browser {
    port: u16,
    control: Mutex<Socket>,
    /// Its standard input is open as long as the tests run.
    _keeper: Child,
}

type Socket = WebSocket<TcpStream>;

impl Mode {
    /// All modes of a screen.
    pub(crate) const SCREEN: [Self; 3] = [Self::Light, Self::Dark, Self::Forced];

    /// Gives the name for faults and files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Forced => "forced",
            Self::Print => "print",
        }
    }
}

impl Tab {
    /// Opens a tab as soon as there is room for one.
    pub(crate) fn open() -> Self {
        let place = Place::wait_for();
        let browser = browser();
        let mut control = locked(&browser.control);
        let made = ask(&mut control, 1, "Target.createBrowserContext", &json!({}));
        let context = text(&made["browserContextId"]);
        let page = json!({"url": "about:blank", "browserContextId": context});
        let made = ask(&mut control, 2, "Target.createTarget", &page);
        drop(control);
        let target = text(&made["targetId"]);
        let socket = connect(browser.port, &format!("/devtools/page/{target}"));
        let mut tab = Self {
            socket,
            context,
            last_id: 10,
            events: VecDeque::new(),
            requests: Vec::new(),
            faults: Vec::new(),
            held: false,
            stand_in: None,
            here: String::new(),
            emulated: BTreeMap::new(),
            _place: place,
        };
        for domain in ["Page", "Runtime", "Log", "Network"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        // Pages, and all that would leave this machine, wait for leave; styles and pictures of the site need none.
        let waiting = json!([{"resourceType": "Document"}, {"urlPattern": "https://*"}]);
        tab.call("Fetch.enable", json!({"patterns": waiting}));
        tab.call(
            "Emulation.setFocusEmulationEnabled",
            json!({"enabled": true}),
        );
        tab.set_clock(TODAY);
        tab.reset();
        tab
    }

    /// Shows the next page as a desktop browser does, whatever the last test asked for.
    pub(crate) fn reset(&mut self) {
        self.size(1280, 800);
        self.show(Mode::Light);
        self.scripts(true);
        self.held = false;
    }

    /// Calls a method of the protocol; gives its result.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        let answer = self.answer(method, &parameters);
        drop(parameters);
        let error = &answer["error"];
        assert!(error.is_null(), "{method}: {error} at {}", self.here);
        answer["result"].clone()
    }

    /// Calls a method of the protocol; gives what came back, be it a result or an error.
    fn answer(&mut self, method: &str, parameters: &Value) -> Value {
        let id = self.send(method, parameters);
        loop {
            let message = read(&mut self.socket);
            if message["id"] == id {
                return message;
            }
            self.notice(message);
        }
    }

    /// Emulates something, unless it is as wished already.
    fn emulate(&mut self, what: &str, parameters: Value) {
        if self.emulated.get(what) != Some(&parameters) {
            self.call(&format!("Emulation.{what}"), parameters.clone());
            self.emulated.insert(what.to_owned(), parameters);
        }
    }

    fn send(&mut self, method: &str, parameters: &Value) -> u64 {
        self.last_id += 1;
        send(&mut self.socket, self.last_id, method, parameters);
        self.last_id
    }

    /// Runs a script in every page before the page's own scripts.
    pub(crate) fn before_pages(&mut self, script: &str) {
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": script}),
        );
    }

    /// Sets the reader's clock for the pages visited next.
    pub(crate) fn set_clock(&mut self, day: &str) {
        self.before_pages(&include_str!("clock.js").replace("TODAY", day));
    }

    /// Sets the size of the window in CSS pixels.
    pub(crate) fn size(&mut self, width: u32, height: u32) {
        self.size_at(width, height, 1);
    }

    /// Sets the size of the window in CSS pixels, and how many dots a pixel has.
    pub(crate) fn size_at(&mut self, width: u32, height: u32, scale: u32) {
        self.emulate(
            "setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": scale, "mobile": false}),
        );
    }

    /// Sets colors and medium.
    pub(crate) fn show(&mut self, mode: Mode) {
        let scheme = if mode == Mode::Dark { "dark" } else { "light" };
        let forced = if mode == Mode::Forced {
            "active"
        } else {
            "none"
        };
        let medium = if mode == Mode::Print {
            "print"
        } else {
            "screen"
        };
        self.emulate(
            "setEmulatedMedia",
            json!({"media": medium, "features": [
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "forced-colors", "value": forced},
            ]}),
        );
    }

    /// Switches scripts on or off for the pages visited next.
    pub(crate) fn scripts(&mut self, on: bool) {
        self.emulate("setScriptExecutionDisabled", json!({"value": !on}));
    }

    /// Goes to a page and waits until it is loaded.
    pub(crate) fn visit(&mut self, address: &str) {
        self.events.clear();
        self.requests.clear();
        self.faults.clear();
        address.clone_into(&mut self.here);
        let gone = self.call("Page.navigate", json!({"url": address}));
        assert!(
            gone["errorText"].is_null(),
            "{address}: {}",
            gone["errorText"]
        );
        self.wait_for("Page.loadEventFired");
    }

    /// Waits for an event of the protocol, which may have come already.
    pub(crate) fn wait_for(&mut self, event: &str) -> Value {
        loop {
            if let Some(at) = self
                .events
                .iter()
                .position(|known| known["method"] == event)
            {
                let known = self.events.remove(at).unwrap_or_default();
                return known["params"].clone();
            }
            let message = read(&mut self.socket);
            self.notice(message);
        }
    }

    /// Waits until an expression is true in the page; fails with what was waited for.
    pub(crate) fn wait_until(&mut self, expression: &str) {
        let start = Instant::now();
        while !self.is(expression) {
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "never came true at {}: {expression}",
                self.here
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Gives the value of an expression, or what its promise gives. Where the page gives way to the next one meanwhile, the next one
    /// is asked; so an expression must not itself lead away.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let question =
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let mut answer = self.answer("Runtime.evaluate", &question);
        for _ in 0..50 {
            if answer["error"]["message"] != "Inspected target navigated or closed" {
                break;
            }
            thread::sleep(Duration::from_millis(20));
            answer = self.answer("Runtime.evaluate", &question);
        }
        let error = &answer["error"];
        assert!(
            error.is_null(),
            "{error} at {}: {expression:.300}",
            self.here
        );
        let given = &answer["result"];
        let fault = &given["exceptionDetails"];
        assert!(
            fault.is_null(),
            "{}: {}\n{expression:.300}",
            self.here,
            fault["exception"]["description"]
        );
        given["result"]["value"].clone()
    }

    /// Tells whether an expression is true.
    pub(crate) fn is(&mut self, expression: &str) -> bool {
        self.value(expression) == true
    }

    /// Gives the text that an expression gives.
    pub(crate) fn text(&mut self, expression: &str) -> String {
        text(&self.value(expression))
    }

    /// Gives the list of texts that an expression gives.
    pub(crate) fn texts(&mut self, expression: &str) -> Vec<String> {
        let value = self.value(expression);
        let list = value
            .as_array()
            .unwrap_or_else(|| panic!("no list: {value}"));
        list.iter().map(text).collect()
    }

    /// Presses and lets go a key, such as `Tab`, `Enter`, `Escape`, `Shift`, ` ` or a letter.
    pub(crate) fn press(&mut self, key: &str) {
        self.key("keyDown", key);
        self.key("keyUp", key);
    }

    /// Presses a key (`keyDown`) or lets it go (`keyUp`).
    pub(crate) fn key(&mut self, kind: &str, key: &str) {
        let (code, number, text) = match key {
            "Tab" => ("Tab", 9, ""),
            "Enter" => ("Enter", 13, "\r"),
            "Shift" => ("ShiftLeft", 16, ""),
            "Escape" => ("Escape", 27, ""),
            " " => ("Space", 32, " "),
            letter => ("KeyA", 65, letter),
        };
        let mut event =
            json!({"type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number});
        if kind == "keyDown" && !text.is_empty() {
            event["text"] = text.into();
        }
        if kind == "keyDown" && key == "Shift" {
            event["modifiers"] = 8.into();
        }
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Clicks in the middle of the first line of an element.
    pub(crate) fn click(&mut self, selector: &str) {
        let (x, y) = self.middle(&format!("document.querySelector({selector:?})"));
        for kind in ["mousePressed", "mouseReleased"] {
            self.call(
                "Input.dispatchMouseEvent",
                json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}),
            );
        }
    }

    /// Becomes a telephone: a narrow window that is touched.
    pub(crate) fn be_a_phone(&mut self) {
        self.emulate(
            "setDeviceMetricsOverride",
            json!({"width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": true}),
        );
        self.emulate("setTouchEmulationEnabled", json!({"enabled": true}));
    }

    /// Taps in the middle of the first line of the element that an expression gives.
    pub(crate) fn tap(&mut self, element: &str) {
        let (x, y) = self.middle(element);
        let point = json!([{"x": x, "y": y}]);
        self.call(
            "Input.dispatchTouchEvent",
            json!({"type": "touchStart", "touchPoints": point}),
        );
        self.call(
            "Input.dispatchTouchEvent",
            json!({"type": "touchEnd", "touchPoints": []}),
        );
    }

    /// Scrolls to an element and gives the middle of its first line.
    fn middle(&mut self, element: &str) -> (f64, f64) {
        let place = self.value(&format!(
            "(() => {{ const element = {element}; element.scrollIntoView({{block: 'center'}}); \
             const box = element.getClientRects()[0]; \
             return [box.left + box.width / 2, box.top + box.height / 2]; }})()"
        ));
        let number = |at: usize| place[at].as_f64().unwrap_or_default();
        (number(0), number(1))
    }

    /// Runs a script that looks for faults and gives a list of them; it may call `name(element)`.
    pub(crate) fn found(&mut self, script: &str) -> Vec<String> {
        let name = include_str!("name.js");
        self.texts(&format!(
            "(() => {{ const name =\n{name};\nconst found =\n{script};\nreturn found; }})()"
        ))
    }

    /// Reads the events that have come, without waiting for more.
    pub(crate) fn catch_up(&mut self) {
        self.value("0");
    }

    /// Keeps what an event says, and answers it where the browser waits for an answer.
    fn notice(&mut self, message: Value) {
        let given = &message["params"];
        match message["method"].as_str().unwrap_or_default() {
            "Fetch.requestPaused" => self.answer_request(given),
            "Network.requestWillBeSent" => {
                self.requests.push(text(&given["request"]["url"]));
            }
            "Runtime.consoleAPICalled" => {
                let words = &given["args"][0]["value"];
                self.faults
                    .push(format!("console {}: {words}", text(&given["type"])));
            }
            "Runtime.exceptionThrown" => {
                let details = &given["exceptionDetails"];
                self.faults.push(format!(
                    "exception: {} {}",
                    text(&details["text"]),
                    text(&details["exception"]["description"])
                ));
            }
            "Log.entryAdded" => {
                let entry = &given["entry"];
                self.faults.push(format!(
                    "log: {} {}",
                    text(&entry["text"]),
                    text(&entry["url"])
                ));
            }
            "Network.loadingFailed" if given["canceled"] != true => {
                self.faults
                    .push(format!("failed request: {}", text(&given["errorText"])));
            }
            "Page.loadEventFired" | "Page.frameNavigated" | "Page.javascriptDialogOpening" => {
                self.events.push_back(message);
            }
            _ => {}
        }
    }

    fn answer_request(&mut self, given: &Value) {
        let address = text(&given["request"]["url"]);
        let page = given["resourceType"] == "Document";
        let leaves =
            page && self.held && without_fragment(&address) != without_fragment(&self.here);
        let inside = is_inside(&address);
        let request = &given["requestId"];
        let stands_in = self.stand_in.as_ref() == Some(&address);
        self.requests.push(address);
        if stands_in {
            let empty = json!({"requestId": request, "responseCode": 200, "body": ""});
            self.send("Fetch.fulfillRequest", &empty);
        } else if inside && !leaves {
            self.send("Fetch.continueRequest", &json!({"requestId": request}));
        } else {
            let refused = json!({"requestId": request, "errorReason": if page {"Aborted"} else {"BlockedByClient"}});
            self.send("Fetch.failRequest", &refused);
        }
    }
}

impl Drop for Tab {
    fn drop(&mut self) {
        let context = json!({"browserContextId": self.context});
        if !thread::panicking() {
            ask(
                &mut locked(&browser().control),
                3,
                "Target.disposeBrowserContext",
                &context,
            );
        }
    }
}

/// Tells whether an address belongs to the sites under test.
pub(crate) fn is_inside(address: &str) -> bool {
    let sites = sites();
    address.starts_with(&sites.http)
        || address.starts_with(&crate::sites::files())
        || address.starts_with("data:")
        || address.starts_with("about:")
}

/// Gives the text of a value, or nothing.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// What the browser said last on its standard error.
static LAST_WORDS: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

fn browser() -> &'static Browser {
    static BROWSER: OnceLock<Browser> = OnceLock::new();
    BROWSER.get_or_init(start)
}

fn start() -> Browser {
    // The pages are built first, so that the browser does not wait for them.
    sites();
    let chromium = tools::program(&["chromium", "chromium-browser", "google-chrome"]);
    remove_old_profiles();
    let profile = format!(
        "{}/chromium-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    );
    let mut keeper = Command::new("sh")
        .args(["-c", KEEPER, "sh", &profile])
        .arg(chromium)
        .args(FLAGS)
        .arg(format!("--user-data-dir={profile}"))
        .arg("about:blank")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(keeper.stderr.take().expect("it is piped")).lines();
    let mut said = String::new();
    let address = loop {
        let Some(line) = lines.next() else {
            panic!("the browser did not start:\n{said}");
        };
        let line = line.unwrap();
        if let Some((_, address)) = line.split_once("DevTools listening on ws://127.0.0.1:") {
            break address.to_owned();
        }
        said.push_str(&line);
        said.push('\n');
    };
    thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let mut said = locked(&LAST_WORDS);
            said.push_back(line);
            if said.len() > 10 {
                said.pop_front();
            }
        }
        // So that a test which then fails can say why.
        locked(&LAST_WORDS).push_back("and then the browser ended".to_owned());
    });
    let (port, path) = address
        .split_once('/')
        .expect("the address of the browser has a path");
    let port = port.parse().unwrap();
    Browser {
        port,
        control: Mutex::new(connect(port, &format!("/{path}"))),
        _keeper: keeper,
    }
}

/// Removes what browsers of test runs that were killed have left.
fn remove_old_profiles() {
    for entry in fs::read_dir(env!("CARGO_TARGET_TMPDIR")).unwrap().flatten() {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix("chromium-"));
        if process.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
            // A second run may remove it at the same time.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn connect(port: u16, path: &str) -> Socket {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let address = format!("ws://127.0.0.1:{port}{path}");
    let config = tungstenite::protocol::WebSocketConfig::default()
        .max_message_size(None)
        .max_frame_size(None);
    let (socket, _) =
        tungstenite::client::client_with_config(address.as_str(), stream, Some(config)).unwrap();
    socket
}

fn send(socket: &mut Socket, id: u64, method: &str, parameters: &Value) {
    let message = json!({"id": id, "method": method, "params": parameters});
    socket.send(Message::text(message.to_string())).unwrap();
}

fn read(socket: &mut Socket) -> Value {
    loop {
        let message = socket.read().unwrap_or_else(|fault| {
            panic!(
                "the browser does not answer: {fault}; it said last: {:#?}",
                locked(&LAST_WORDS)
            )
        });
        if let Message::Text(text) = message {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

/// Calls a method on a socket without events.
fn ask(socket: &mut Socket, id: u64, method: &str, parameters: &Value) -> Value {
    send(socket, id, method, parameters);
    loop {
        let message = read(socket);
        if message["id"] == id {
            assert!(message["error"].is_null(), "{method}: {}", message["error"]);
            return message["result"].clone();
        }
    }
}

static PLACES: (Mutex<usize>, Condvar) = (Mutex::new(TABS), Condvar::new());

/// The right to have a tab open; given back however the test ends.
struct Place;

impl Place {
    fn wait_for() -> Self {
        let mut free = locked(&PLACES.0);
        while *free == 0 {
            free = PLACES.1.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *locked(&PLACES.0) += 1;
        PLACES.1.notify_one();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
