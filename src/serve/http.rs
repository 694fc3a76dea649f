//! Answers HTTP as browsers expect it, in a server that may be left running. Only this file and its folder name hyper, tokio and socket2.
//!
//! In goes a listening socket and a function that gives a [`Reply`] for each [`Request`]; out come answers and a stream of events.
//! Everything about HTTP is done here: methods, names in `Host`, paths, conditions, ranges, headers, and limits against connections
//! that come in crowds, say nothing, never end or never read. It knows nothing of sites and never reads a file that it was not given.
//!
//! One thread does all the talking. The function runs on a small pool of threads, so it may take its time; a panic in it is answered
//! with status 500, told to the terminal, and harms nothing else.

mod bind;
mod body;
mod conditions;
mod connections;
mod kinds;
mod request;
#[cfg(test)]
mod tests;

pub(crate) use bind::{bind, bind_near};
pub(crate) use hyper::body::Bytes;
pub(crate) use kinds::kind_of;
pub(crate) use request::Request;

use crate::finding::Failure;
use body::{Answer, Content, EventStream};
use conditions::Extent;
use connections::{Connections, Socket, Turn};
use hyper::body::{Body, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, StatusCode};
use std::any::Any;
use std::convert::Infallible;
use std::future::poll_fn;
use std::io::{self, Read, Seek};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot, watch};

/// What a request is answered with.
pub(crate) enum Reply {
    /// Bytes in memory. With status 200 they take part in conditions and ranges.
    Body {
        status: u16,
        kind: &'static str,
        bytes: Bytes,
        /// Tells this content from any other at the same address; letters and digits, without quotation marks.
        tag: Option<String>,
        /// Headers beside those that every answer has; one of the same name takes its place.
        headers: Vec<(&'static str, String)>,
    },
    /// A file that is read while it is sent, so that a film costs no memory.
    File {
        kind: &'static str,
        length: u64,
        source: Box<dyn Source>,
        tag: Option<String>,
        headers: Vec<(&'static str, String)>,
    },
    /// A status and nothing else.
    Empty(u16),
    /// Another address, with status 302. Signs that an address cannot hold are encoded.
    Moved {
        to: String,
        headers: Vec<(&'static str, String)>,
    },
    /// The stream of events.
    Events,
}

impl Reply {
    /// Makes a reply of one plain sentence.
    pub(crate) fn text(status: u16, sentence: impl Into<String>) -> Self {
        Self::Body {
            status,
            kind: "text/plain; charset=utf-8",
            bytes: Bytes::from(sentence.into() + "\n"),
            tag: None,
            headers: Vec::new(),
        }
    }
}

/// What a file is read from.
pub(crate) trait Source: Read + Seek + Send + Sync + 'static {}
impl<T: Read + Seek + Send + Sync + 'static> Source for T {}

/// Gives the reply for a request. It may block.
pub(crate) type Answers = Arc<dyn Fn(&Request) -> Reply + Send + Sync>;
/// Takes sentences for the terminal. It may block.
pub(crate) type Says = Arc<dyn Fn(String) + Send + Sync>;

/// What the server allows. The numbers are those of [`Limits::default`]; tests use smaller ones.
#[derive(Clone)]
struct Limits {
    connections: usize,
    streams: usize,
    head: Duration,
    idle: Duration,
    stall: Duration,
    heartbeat: Duration,
    sweep: Duration,
}

/// All connections together. A browser keeps six; this serves many browsers, and costs about 150 MB when each is held full.
const CONNECTIONS: usize = 1024;
/// Event streams, of which a browser needs one; the rest of the connections stays free for pages.
const STREAMS: usize = 256;
/// The longest wait between the first and the last byte of a request's head.
const HEAD: Duration = Duration::from_secs(10);
/// The longest wait of an open connection for its next request.
const IDLE: Duration = Duration::from_mins(1);
/// The longest time in which a client takes not one byte of its answer.
const STALL: Duration = Duration::from_secs(20);
/// The time between two signs of life on a stream of events, so that both ends notice when the other is gone.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often the limits of time are looked at.
const SWEEP: Duration = Duration::from_secs(1);

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: CONNECTIONS,
            streams: STREAMS,
            head: HEAD,
            idle: IDLE,
            stall: STALL,
            heartbeat: HEARTBEAT,
            sweep: SWEEP,
        }
    }
}

/// The longest head of a request, in bytes. Cookies of other programs at `localhost` come along, so it is not the smallest.
const HEAD_BYTES: usize = 32 * 1024;
/// The most headers of a request. Browsers send about twenty.
const HEADERS: usize = 100;
/// Answers made at once; further requests wait in the order in which they came.
const ANSWERS: usize = 16;
/// Threads beside those for answers: for reading files and for the terminal.
const OTHER_THREADS: usize = 8;
/// Milliseconds after which a browser looks for a lost stream of events again.
const RETRY: u32 = 500;
/// Connections that the system keeps until they are taken. Beyond these a browser tries again only after a second, and the 128 of
/// the standard library are full in some milliseconds.
const BACKLOG: i32 = 1024;
/// Bytes that the system keeps for a client that has not taken them; left alone, it would keep megabytes for each.
const SENT_AHEAD: usize = 256 * 1024;
/// How long to wait when this machine can take no connection.
const BREATH: Duration = Duration::from_millis(100);
/// The time between two sentences on the terminal about the same trouble.
const SAID: Duration = Duration::from_mins(1);

/// What every answer says: nothing is kept by the browser, guessed at, told to other sites, framed or embedded by them.
const EVERYWHERE: [(HeaderName, HeaderValue); 5] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    ),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// A running server. It ends when this is dropped.
pub(crate) struct Listening {
    events: watch::Sender<String>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    #[cfg(test)]
    connections: Arc<Connections>,
}

impl Listening {
    /// Sends an event to all streams. A stream that is slow gets only the latest.
    pub(crate) fn announce(&self, event: String) {
        self.events.send_replace(event);
    }

    /// Tells whether connections are still taken.
    pub(crate) fn is_running(&self) -> bool {
        self.thread
            .as_ref()
            .is_some_and(|thread| !thread.is_finished())
    }

    #[cfg(test)]
    fn open(&self) -> usize {
        self.connections.open()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            // The thread has no way to panic that a caller could mend.
            let _ = thread.join();
        }
    }
}

/// Serves a socket in a thread of its own.
///
/// `own_names` are names of this machine beside `localhost`; requests for other names are refused, because a page from elsewhere
/// could otherwise give its own name our address and read the site. `first_event` is what streams get until something is announced.
pub(crate) fn listen(
    listener: std::net::TcpListener,
    own_names: Vec<String>,
    first_event: String,
    answers: Answers,
    says: Says,
) -> Result<Listening, Failure> {
    listen_within(
        Limits::default(),
        listener,
        own_names,
        first_event,
        answers,
        says,
    )
}

fn listen_within(
    limits: Limits,
    listener: std::net::TcpListener,
    own_names: Vec<String>,
    first_event: String,
    answers: Answers,
    says: Says,
) -> Result<Listening, Failure> {
    let failed = |cause: io::Error| Failure::new(format!("could not start the server: {cause}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .max_blocking_threads(ANSWERS + OTHER_THREADS)
        .build()
        .map_err(failed)?;
    let socket = socket2::SockRef::from(&listener);
    socket.listen(BACKLOG).map_err(failed)?;
    // Connections take this over from the socket that they come in by.
    socket.set_send_buffer_size(SENT_AHEAD).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let listener = {
        let _inside = runtime.enter();
        TcpListener::from_std(listener).map_err(failed)?
    };
    let (events, newest) = watch::channel(first_event);
    let (end, ended) = oneshot::channel::<()>();
    let server = Arc::new(Server {
        own_names,
        answers,
        says,
        events: newest,
        running: Arc::new(Semaphore::new(ANSWERS)),
        streams: Arc::new(Semaphore::new(limits.streams)),
        heartbeat: limits.heartbeat,
        connections: Connections::new(limits),
    });
    #[cfg(test)]
    let connections = Arc::clone(&server.connections);
    let thread = thread::Builder::new()
        .name("http".to_owned())
        .spawn(move || {
            runtime.spawn(sweep(Arc::clone(&server)));
            // Nothing is ever sent: the channel closes when `Listening` is dropped.
            let (mut ended, mut accepting) = (pin!(ended), pin!(accept(server, listener)));
            runtime.block_on(poll_fn(|context| {
                if ended.as_mut().poll(context).is_ready() {
                    return Poll::Ready(());
                }
                accepting.as_mut().poll(context)
            }));
            // An answer that is still being made must not hold up the end.
            runtime.shutdown_background();
        })
        .map_err(failed)?;
    Ok(Listening {
        events,
        end: Some(end),
        thread: Some(thread),
        #[cfg(test)]
        connections,
    })
}

/// What all connections share.
struct Server {
    own_names: Vec<String>,
    answers: Answers,
    says: Says,
    events: watch::Receiver<String>,
    running: Arc<Semaphore>,
    streams: Arc<Semaphore>,
    heartbeat: Duration,
    connections: Arc<Connections>,
}

impl Server {
    /// Speaks on another thread, because a terminal can be held.
    fn say(&self, sentence: String) {
        let says = Arc::clone(&self.says);
        tokio::task::spawn_blocking(move || says(sentence));
    }
}

/// Ends connections that are over a limit of time.
async fn sweep(server: Arc<Server>) {
    loop {
        tokio::time::sleep(server.connections.limits.sweep).await;
        server.connections.sweep(Instant::now());
    }
}

/// Takes connections for as long as the server runs.
async fn accept(server: Arc<Server>, listener: TcpListener) {
    let mut said: Option<Instant> = None;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                while !server.connections.make_room() {
                    tokio::time::sleep(BREATH).await;
                }
                begin(&server, stream, peer);
            }
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                server.connections.shrink(Instant::now());
                if said.is_none_or(|at| at.elapsed() >= SAID) {
                    said = Some(Instant::now());
                    server.say(trouble(&error));
                }
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// Whether a client went away before it was taken, which is its own affair.
fn is_of_one_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

fn trouble(error: &io::Error) -> String {
    // Too many open files, in the system and in this program, on Unix and on Windows.
    if matches!(error.raw_os_error(), Some(23 | 24 | 10024)) {
        "This machine allows no more open files. Pages are answered again as soon as some are closed.".to_owned()
    } else {
        format!(
            "No new connections can be taken ({error}). Pages are answered again when this is over."
        )
    }
}

fn begin(server: &Arc<Server>, stream: TcpStream, peer: SocketAddr) {
    let Ok(local) = stream.local_addr() else {
        return;
    };
    // Without this, small answers can wait for the client's acknowledgement; it is only slower if it cannot be set.
    let _ = stream.set_nodelay(true);
    let (connection, place) = server.connections.enter();
    let socket = Socket::new(stream, Arc::clone(&connection));
    let server = Arc::clone(server);
    let served = Arc::clone(&connection);
    let task = async move {
        let _place = place;
        let service = service_fn(move |request| {
            respond(Arc::clone(&server), served.turn(), (peer, local), request)
        });
        // A fault here means that the client broke off or does not speak HTTP: hyper has said so to it where it could.
        let _ = http1::Builder::new()
            .max_buf_size(HEAD_BYTES)
            .max_headers(HEADERS)
            .header_read_timeout(None)
            .serve_connection(socket, service)
            .await;
    };
    connection.runs(tokio::spawn(task).abort_handle());
}

/// Answers one request.
async fn respond(
    server: Arc<Server>,
    turn: Turn,
    (peer, local): (SocketAddr, SocketAddr),
    incoming: hyper::Request<Incoming>,
) -> Result<Response<Answer>, Infallible> {
    let has_body = !incoming.body().is_end_stream();
    let (head, _) = incoming.into_parts();
    let mut response = match Request::read(head, peer, local, &server.own_names) {
        Ok(request) => {
            let request = Arc::new(request);
            let reply = answer(&server, &request).await;
            shape(&server, reply, &request)
        }
        Err(refusal) => refuse(refusal.status, refusal.sentence),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        put(&mut response, header::ALLOW, "GET, HEAD");
    }
    // Of answers to HEAD, hyper leaves a length of 0 out; where a length has no place, it leaves this one out.
    if let Some(length) = response.body().length() {
        put(&mut response, header::CONTENT_LENGTH, &length.to_string());
    }
    if has_body {
        // A body is never read, so what follows on this connection would be taken for a request.
        put(&mut response, header::CONNECTION, "close");
    }
    Ok(response.map(|content| Answer::new(content, turn)))
}

/// Has the reply made on another thread.
async fn answer(server: &Arc<Server>, request: &Arc<Request>) -> Reply {
    let Ok(permit) = Arc::clone(&server.running).acquire_owned().await else {
        unreachable!("the semaphore of answers is never closed");
    };
    let answers = Arc::clone(&server.answers);
    let asked = Arc::clone(request);
    let made = tokio::task::spawn_blocking(move || {
        let reply = answers(&asked);
        drop(permit);
        reply
    });
    match made.await {
        Ok(reply) => reply,
        Err(error) => {
            let reason = error
                .try_into_panic()
                .map_or_else(|_| "it was ended".to_owned(), |panic| words_of(&*panic));
            server.say(format!(
                "The request for {} could not be answered, because Stepdown itself made a mistake: {reason}. Everything else is answered as before.",
                request.path
            ));
            Reply::text(
                500,
                "This could not be shown, because Stepdown itself made a mistake. The terminal says more. Other pages are answered as before.",
            )
        }
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    if let Some(words) = panic.downcast_ref::<&str>() {
        (*words).to_owned()
    } else if let Some(words) = panic.downcast_ref::<String>() {
        words.clone()
    } else {
        "it gave no reason".to_owned()
    }
}

/// Makes the answer of a reply: conditions, ranges and headers.
fn shape(server: &Server, reply: Reply, request: &Request) -> Response<Content> {
    match reply {
        Reply::Body {
            status,
            kind,
            bytes,
            tag,
            headers,
        } => {
            let length = bytes.len() as u64;
            let head = Head {
                status: status_of(status),
                kind,
                length,
                tag,
                headers,
            };
            head.answer(request, Content::Bytes(bytes))
        }
        Reply::File {
            kind,
            length,
            source,
            tag,
            headers,
        } => {
            let head = Head {
                status: StatusCode::OK,
                kind,
                length,
                tag,
                headers,
            };
            head.answer(request, Content::file(source, length))
        }
        Reply::Empty(status) => plain(status_of(status), Content::Empty),
        Reply::Moved { to, headers } => {
            let mut response = plain(StatusCode::FOUND, Content::Empty);
            put(&mut response, header::LOCATION, &request::encoded(&to));
            put_all(&mut response, headers);
            response
        }
        Reply::Events => events(server),
    }
}

fn events(server: &Server) -> Response<Content> {
    let Ok(permit) = Arc::clone(&server.streams).try_acquire_owned() else {
        let mut response = refuse(
            503,
            "Too many pages of this site are open. Close some of them.".to_owned(),
        );
        put(&mut response, header::RETRY_AFTER, "5");
        return response;
    };
    let stream = EventStream::new(server.events.clone(), server.heartbeat, permit);
    let mut response = plain(StatusCode::OK, Content::Events(stream));
    put(&mut response, header::CONTENT_TYPE, "text/event-stream");
    response
}

fn refuse(status: u16, sentence: String) -> Response<Content> {
    let bytes = Bytes::from(sentence + "\n");
    let mut response = plain(status_of(status), Content::Bytes(bytes));
    put(
        &mut response,
        header::CONTENT_TYPE,
        "text/plain; charset=utf-8",
    );
    response
}

fn plain(status: StatusCode, content: Content) -> Response<Content> {
    let mut response = Response::new(content);
    *response.status_mut() = status;
    response.headers_mut().extend(EVERYWHERE);
    response
}

/// What is known of a reply before its bytes.
struct Head {
    status: StatusCode,
    kind: &'static str,
    length: u64,
    tag: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Head {
    /// Gives all of the content, a part of it, or none, as the request asks.
    fn answer(self, request: &Request, content: Content) -> Response<Content> {
        let tag = self.tag.as_deref();
        let extent = if self.status == StatusCode::OK {
            conditions::extent(request.method, request.all_headers(), tag, self.length)
        } else {
            Extent::Whole
        };
        let mut response = match extent {
            Extent::Whole => plain(self.status, content),
            Extent::Unchanged => plain(StatusCode::NOT_MODIFIED, Content::Empty),
            Extent::Part { from, length } => {
                let mut response = plain(StatusCode::PARTIAL_CONTENT, content.part(from, length));
                let range = format!("bytes {from}-{}/{}", from + length - 1, self.length);
                put(&mut response, header::CONTENT_RANGE, &range);
                response
            }
            Extent::Beyond => {
                let mut response = refuse(
                    416,
                    "The part that was asked for lies beyond the end.".to_owned(),
                );
                let range = format!("bytes */{}", self.length);
                put(&mut response, header::CONTENT_RANGE, &range);
                return response;
            }
        };
        if let Some(tag) = tag {
            put(&mut response, header::ETAG, &format!("\"{tag}\""));
        }
        if !matches!(extent, Extent::Unchanged) {
            put(&mut response, header::CONTENT_TYPE, self.kind);
            if self.status == StatusCode::OK {
                put(&mut response, header::ACCEPT_RANGES, "bytes");
            }
        }
        put_all(&mut response, self.headers);
        response
    }
}

fn put_all(response: &mut Response<Content>, headers: Vec<(&'static str, String)>) {
    let mut own = HeaderMap::new();
    for (name, value) in headers {
        if let Ok(name) = HeaderName::try_from(name) {
            own.append(name, header_value(&value));
        }
    }
    // Of each name, `extend` drops what was there before the first new one, and keeps all new ones, such as several cookies.
    response.headers_mut().extend(own);
}

fn put(response: &mut Response<Content>, name: HeaderName, value: &str) {
    response.headers_mut().insert(name, header_value(value));
}

/// A value with a line break in it would be a header of its own: what cannot stand in a header is left out.
fn header_value(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or_else(|_| {
        let clean: String = value
            .chars()
            .filter(|sign| sign.is_ascii_graphic() || *sign == ' ')
            .collect();
        HeaderValue::from_str(&clean).unwrap_or_else(|_| HeaderValue::from_static(""))
    })
}

fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
