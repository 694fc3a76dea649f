//! All open connections, and which of them are ended so that others are answered.
//!
//! A connection is *waiting* while no request of it is being answered: because it is new, because it has sent only a part of a
//! request, or because it is kept open after an answer. When all places are taken, the connection that waits longest gives its place
//! to the newest. A browser sends its request as soon as it is connected, so it waits for milliseconds, however many others say
//! nothing for ever. If none is waiting, the one that has not taken a byte of its answer for longest goes; if there is none of these
//! either, the newest waits until there is.
//!
//! Three times are limited: from the first to the last byte of a request's head, between requests, and without a byte of an answer
//! being taken.

use super::Limits;
use hyper::rt::ReadBufCursor;
use std::collections::BTreeMap;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;

/// The fewest places that are left when this machine allows no more open files.
const FEWEST: usize = 8;
/// How long fewer places are given after that.
const FEWER_FOR: Duration = Duration::from_mins(1);

/// All open connections.
pub(super) struct Connections {
    pub(super) limits: Limits,
    table: Mutex<Table>,
}

struct Table {
    places: usize,
    fewer_since: Option<Instant>,
    next: u64,
    open: BTreeMap<u64, Arc<Connection>>,
}

impl Connections {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        let table = Mutex::new(Table {
            places: limits.connections,
            fewer_since: None,
            next: 0,
            open: BTreeMap::new(),
        });
        Arc::new(Self { limits, table })
    }

    /// Takes a connection in. Its place is free again when the second value is dropped.
    pub(super) fn enter(self: &Arc<Self>) -> (Arc<Connection>, Place) {
        let mut table = locked(&self.table);
        let number = table.next;
        table.next += 1;
        let connection = Arc::new(Connection::new(Instant::now()));
        table.open.insert(number, Arc::clone(&connection));
        let place = Place {
            of: Arc::clone(self),
            number,
        };
        (connection, place)
    }

    /// Makes room for one more. False if every connection is being answered and takes its answer.
    pub(super) fn make_room(&self) -> bool {
        let mut table = locked(&self.table);
        while table.open.len() >= table.places {
            if !table.end_one() {
                return false;
            }
        }
        true
    }

    /// Gives a quarter of the places up, because this machine allows no more open files: answers need some as well.
    pub(super) fn shrink(&self, now: Instant) {
        let mut table = locked(&self.table);
        table.places = (table.open.len() * 3 / 4).max(FEWEST);
        table.fewer_since = Some(now);
        while table.open.len() > table.places && table.end_one() {}
    }

    /// Ends the connections that are over a limit of time.
    pub(super) fn sweep(&self, now: Instant) {
        let mut table = locked(&self.table);
        if table
            .fewer_since
            .is_some_and(|since| now.duration_since(since) >= FEWER_FOR)
        {
            table.places = self.limits.connections;
            table.fewer_since = None;
        }
        table.open.retain(|_, connection| {
            let is_over = connection.is_over(&self.limits, now);
            if is_over {
                connection.end();
            }
            !is_over
        });
    }

    #[cfg(test)]
    pub(super) fn open(&self) -> usize {
        locked(&self.table).open.len()
    }

    fn leave(&self, number: u64) {
        locked(&self.table).open.remove(&number);
    }
}

impl Table {
    /// Ends the connection that is needed least, if any can be spared.
    fn end_one(&mut self) -> bool {
        let longest = |since: fn(&State) -> Option<Instant>| {
            self.open
                .iter()
                .filter_map(|(number, connection)| Some((since(&connection.state())?, *number)))
                .min()
        };
        let Some((_, number)) =
            longest(|state| state.waiting).or_else(|| longest(|state| state.stalled))
        else {
            return false;
        };
        if let Some(connection) = self.open.remove(&number) {
            connection.end();
        }
        true
    }
}

/// The place of a connection among all.
pub(super) struct Place {
    of: Arc<Connections>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.of.leave(self.number);
    }
}

/// What is known of one connection.
pub(super) struct Connection {
    state: Mutex<State>,
    task: OnceLock<AbortHandle>,
}

struct State {
    /// No request is being answered since then.
    waiting: Option<Instant>,
    /// The first byte of a request came then, and its last has not come.
    head: Option<Instant>,
    /// The client has taken nothing since then, though there is something for it.
    stalled: Option<Instant>,
}

impl Connection {
    fn new(now: Instant) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: Some(now),
                head: None,
                stalled: None,
            }),
            task: OnceLock::new(),
        }
    }

    /// Notes the task that serves this connection.
    pub(super) fn runs(&self, task: AbortHandle) {
        // A connection is given its task once.
        let _ = self.task.set(task);
    }

    /// Begins an answer, which is over when the result is dropped.
    pub(super) fn turn(self: &Arc<Self>) -> Turn {
        let mut state = self.state();
        state.waiting = None;
        state.head = None;
        Turn(Arc::clone(self))
    }

    fn received(&self) {
        let mut state = self.state();
        if state.waiting.is_some() && state.head.is_none() {
            state.head = Some(Instant::now());
        }
    }

    /// Notes whether the client took some of its answer.
    fn sent(&self, is_taken: bool) {
        let mut state = self.state();
        if is_taken {
            state.stalled = None;
            // The end of an answer can be on its way long after the answer was made.
            if state.waiting.is_some() {
                state.waiting = Some(Instant::now());
            }
        } else if state.stalled.is_none() {
            state.stalled = Some(Instant::now());
        }
    }

    fn is_over(&self, limits: &Limits, now: Instant) -> bool {
        let state = self.state();
        let is_past = |since: Option<Instant>, limit: Duration| {
            since.is_some_and(|since| now.saturating_duration_since(since) >= limit)
        };
        is_past(state.head, limits.head)
            || is_past(state.stalled, limits.stall)
            || (state.stalled.is_none() && is_past(state.waiting, limits.idle))
    }

    fn end(&self) {
        if let Some(task) = self.task.get() {
            task.abort();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        locked(&self.state)
    }
}

/// A request that is being answered.
pub(super) struct Turn(Arc<Connection>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.state().waiting = Some(Instant::now());
    }
}

/// The two sides of a connection's socket, with notes on what goes through.
pub(super) struct Socket {
    stream: TcpStream,
    connection: Arc<Connection>,
}

/// How much is read at once. The bytes are copied once more, which for heads of requests is nothing.
const READ: usize = 8 * 1024;

impl Socket {
    pub(super) fn new(stream: TcpStream, connection: Arc<Connection>) -> Self {
        Self { stream, connection }
    }

    fn note(&self, result: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        self.connection.sent(result.is_ready());
        result
    }
}

impl hyper::rt::Read for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        mut into: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let mut space = [0; READ];
        let length = READ.min(into.remaining());
        let mut read = ReadBuf::new(&mut space[..length]);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut read))?;
        if !read.filled().is_empty() {
            self.connection.received();
        }
        into.put_slice(read.filled());
        Poll::Ready(Ok(()))
    }
}

impl hyper::rt::Write for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note(result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.note(result)
    }

    // Otherwise hyper copies each answer before it is sent.
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// A panic while this is held would leave only numbers behind that are still right.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
