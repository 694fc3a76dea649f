//! The bytes of an answer on their way out: from memory, from a file, or a stream of events.

use super::connections::Turn;
use super::{RETRY, Source};
use hyper::body::{Body, Bytes, Frame, SizeHint};
use std::io::{self, SeekFrom};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::task::JoinHandle;

/// How much of a file is in memory while it is sent.
const CHUNK: u64 = 64 * 1024;

/// An answer, and the turn of its connection, which is over when all of it has been handed to the socket.
pub(super) struct Answer {
    content: Content,
    _turn: Turn,
}

impl Answer {
    pub(super) fn new(content: Content, turn: Turn) -> Self {
        Self {
            content,
            _turn: turn,
        }
    }
}

/// Where the bytes come from.
pub(super) enum Content {
    Empty,
    Bytes(Bytes),
    File(FilePart),
    Events(EventStream),
}

impl Content {
    pub(super) fn file(source: Box<dyn Source>, length: u64) -> Self {
        Self::File(FilePart {
            from: 0,
            left: length,
            stage: Stage::Resting(source),
        })
    }

    /// The number of bytes, where it is known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Empty => Some(0),
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File(part) => Some(part.left),
            Self::Events(_) => None,
        }
    }

    /// Leaves only a part, which must lie within the content.
    pub(super) fn part(self, from: u64, length: u64) -> Self {
        match self {
            Self::Bytes(bytes) => {
                let (Ok(start), Ok(length)) = (usize::try_from(from), usize::try_from(length))
                else {
                    unreachable!("the part lies within bytes that are in memory");
                };
                Self::Bytes(bytes.slice(start..start + length))
            }
            Self::File(part) => Self::File(FilePart {
                from,
                left: length,
                ..part
            }),
            Self::Empty | Self::Events(_) => self,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match &mut self.content {
            Content::Empty => Poll::Ready(None),
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Content::File(part) => part.poll(context),
            Content::Events(stream) => stream.poll(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.content.length() == Some(0)
    }

    fn size_hint(&self) -> SizeHint {
        self.content
            .length()
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A part of a file that is still to be sent.
pub(super) struct FilePart {
    from: u64,
    left: u64,
    stage: Stage,
}

enum Stage {
    Resting(Box<dyn Source>),
    Reading(JoinHandle<io::Result<(Box<dyn Source>, Bytes)>>),
    Over,
}

impl FilePart {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if matches!(self.stage, Stage::Resting(_))
            && let Stage::Resting(source) = std::mem::replace(&mut self.stage, Stage::Over)
        {
            let (from, length) = (self.from, self.left.min(CHUNK));
            let read = tokio::task::spawn_blocking(move || chunk(source, from, length));
            self.stage = Stage::Reading(read);
        }
        let Stage::Reading(reading) = &mut self.stage else {
            return Poll::Ready(None);
        };
        let read = ready!(Pin::new(reading).poll(context));
        self.stage = Stage::Over;
        match read.unwrap_or_else(|error| Err(io::Error::other(error))) {
            Ok((source, bytes)) => {
                self.from += bytes.len() as u64;
                self.left -= bytes.len() as u64;
                self.stage = Stage::Resting(source);
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}

/// Reads a chunk. A file that has become shorter is a fault: the connection breaks off, and the browser knows that it has not all.
fn chunk(
    mut source: Box<dyn Source>,
    from: u64,
    length: u64,
) -> io::Result<(Box<dyn Source>, Bytes)> {
    let mut bytes = vec![0; usize::try_from(length).map_err(io::Error::other)?];
    source.seek(SeekFrom::Start(from))?;
    source.read_exact(&mut bytes)?;
    Ok((source, Bytes::from(bytes)))
}

/// A stream of events: the latest at once, then each newer one, and a sign of life in between.
///
/// While the client takes nothing, hyper asks for nothing more, so a slow client costs no memory, misses what is out of date, and
/// gets the latest event next.
pub(super) struct EventStream {
    next: Pin<Box<dyn Future<Output = Next> + Send + Sync>>,
}

/// The next bytes, and what goes on after them; nothing at the end.
type Next = Option<(Told, Bytes)>;

/// What a stream of events goes on with.
struct Told {
    events: watch::Receiver<String>,
    heartbeat: Duration,
    _permit: OwnedSemaphorePermit,
}

impl EventStream {
    pub(super) fn new(
        mut events: watch::Receiver<String>,
        heartbeat: Duration,
        permit: OwnedSemaphorePermit,
    ) -> Self {
        let first = format!("retry: {RETRY}\n\n{}", written(&events.borrow_and_update()));
        let told = Told {
            events,
            heartbeat,
            _permit: permit,
        };
        Self {
            next: Box::pin(std::future::ready(Some((told, Bytes::from(first))))),
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some((told, bytes)) = ready!(self.next.as_mut().poll(context)) else {
            self.next = Box::pin(std::future::ready(None));
            return Poll::Ready(None);
        };
        self.next = Box::pin(next(told));
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }
}

async fn next(mut told: Told) -> Next {
    let changed = tokio::time::timeout(told.heartbeat, told.events.changed()).await;
    let text = match changed {
        Ok(Ok(())) => written(&told.events.borrow_and_update()),
        Ok(Err(_)) => return None,
        // Scripts cannot see comments, and should notice when the server is gone.
        Err(_) => "event: alive\ndata: 1\n\n".to_owned(),
    };
    Some((told, Bytes::from(text)))
}

/// Writes an event as the stream has it: each line of it on a line of its own.
fn written(event: &str) -> String {
    let mut text = String::with_capacity(event.len() + 8);
    for line in event.lines() {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    text
}
