//! The stream of a connection: it can be cut off from outside, takes input no faster than a person gives it, and gives
//! up a client that takes no output. The library's session owns the stream and listens to nobody.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::watch;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::run::driver::Standing;

use super::GOODBYE;
use super::contact::Contact;
use super::limits::{Limits, Rate};

/// Whoever must wait for input waits for about so many bytes of it, in one piece.
const PIECE: u32 = 256;

/// Cuts a connection off. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut(Arc<State>);

#[derive(Debug, Default)]
struct State {
    cut: AtomicBool,
    waker: AtomicWaker,
    gone: watch::Sender<bool>,
}

impl Cut {
    /// From now on reading and writing fail.
    pub(super) fn now(&self) {
        self.0.cut.store(true, Ordering::Release);
        self.0.waker.wake();
    }

    /// Waits for the cut; only while nobody reads or writes the stream.
    pub(super) async fn done(&self) {
        poll_fn(|cx| match self.check(cx) {
            Ok(()) => Poll::Pending,
            Err(_) => Poll::Ready(()),
        })
        .await;
    }

    /// Waits until the stream is gone.
    pub(super) async fn gone(&self) {
        // The sender is in `self`, so this only ends when it is gone.
        let _ = self.0.gone.subscribe().wait_for(|gone| *gone).await;
    }

    fn check(&self, cx: &Context<'_>) -> io::Result<()> {
        self.0.waker.register(cx.waker());
        match self.0.cut.load(Ordering::Acquire) {
            true => Err(io::ErrorKind::ConnectionAborted.into()),
            false => Ok(()),
        }
    }
}

/// How long output may be stuck.
#[derive(Clone, Debug)]
pub(super) struct Patience {
    stranger: Duration,
    signed_in: Duration,
    standing: watch::Receiver<Standing>,
}

impl Patience {
    pub(super) fn new(limits: &Limits, standing: watch::Receiver<Standing>) -> Self {
        Self { stranger: limits.stalled_stranger, signed_in: limits.stalled, standing }
    }

    fn limit(&self) -> Duration {
        match self.standing.borrow().user {
            Some(_) => self.signed_in,
            None => self.stranger,
        }
    }

    /// Done when what was begun now has been stuck for too long.
    pub(super) async fn end(&self) {
        let since = Instant::now();
        let mut deadline = since;
        while deadline < since + self.limit() {
            deadline = since + self.limit();
            tokio::time::sleep_until(deadline).await;
        }
    }
}

/// Output that does not go out.
struct Stuck {
    since: Instant,
    timer: Pin<Box<Sleep>>,
}

/// Input that may still be taken, as the moment at which all of it might be again.
struct Tokens {
    rate: Rate,
    full: Instant,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Tokens {
    fn new(rate: Rate) -> Self {
        Self { rate, full: Instant::now(), timer: None }
    }

    /// Ready when something may be read. One read may overdraw: the next one waits for it.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            if let Some(timer) = &mut self.timer {
                ready!(timer.as_mut().poll(cx));
                self.timer = None;
            }
            let at = self.full + self.rate.time(PIECE) - self.rate.time(self.rate.burst);
            if at <= Instant::now() {
                return Poll::Ready(());
            }
            self.timer = Some(Box::pin(sleep_until(at)));
        }
    }

    fn spend(&mut self, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.full = self.full.max(Instant::now()) + self.rate.time(bytes);
    }
}

/// A stream with a [`Cut`], [`Patience`] and a rate. One task drives it, as the library does.
pub(super) struct Guarded<T> {
    inner: T,
    cut: Cut,
    tokens: Tokens,
    patience: Patience,
    stuck: Option<Stuck>,
    contact: Contact,
    /// Runs from the end of the output: the library reads on until the client goes too.
    closing: Option<Pin<Box<Sleep>>>,
}

impl<T> Guarded<T> {
    pub(super) fn new(inner: T, cut: Cut, input: Rate, patience: Patience, contact: Contact) -> Self {
        Self { inner, cut, tokens: Tokens::new(input), patience, stuck: None, contact, closing: None }
    }

    /// Nothing goes out just now: how long already?
    fn wait_on(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let now = Instant::now();
        let limit = self.patience.limit();
        let stuck = self.stuck.get_or_insert_with(|| Stuck { since: now, timer: Box::pin(sleep_until(now + limit)) });
        while stuck.timer.as_mut().poll(cx).is_ready() {
            // Somebody may have signed in meanwhile, and has more of it.
            let deadline = stuck.since + limit;
            if deadline <= Instant::now() {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes no output"));
            }
            stuck.timer.as_mut().reset(deadline);
        }
        Ok(())
    }

    fn waited<R>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<R>>) -> Poll<io::Result<R>> {
        match written {
            Poll::Ready(result) => {
                self.stuck = None;
                Poll::Ready(result)
            }
            Poll::Pending => {
                self.wait_on(cx)?;
                Poll::Pending
            }
        }
    }
}

impl<T> Drop for Guarded<T> {
    fn drop(&mut self) {
        self.cut.0.gone.send_replace(true);
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Guarded<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.cut.check(cx)?;
        if let Some(closing) = &mut self.closing
            && closing.as_mut().poll(cx).is_ready()
        {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the client does not go")));
        }
        ready!(self.tokens.poll(cx));
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        self.tokens.spend(buf.filled().len() - before);
        self.contact.hear(Instant::now());
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Guarded<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.cut.check(cx)?;
        let written = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.waited(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.cut.check(cx)?;
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        self.waited(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.closing.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + GOODBYE)));
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

    use super::*;
    use crate::domain::UserId;

    const RATE: Rate = Rate { per_second: 1000, burst: 4000 };

    fn guarded(room: usize) -> (Guarded<DuplexStream>, DuplexStream, Cut, watch::Sender<Standing>) {
        let (near, far) = tokio::io::duplex(room);
        let (cut, standing) = (Cut::default(), watch::Sender::default());
        let patience = Patience::new(&Limits::default(), standing.subscribe());
        let contact = Contact::new(Instant::now());
        (Guarded::new(near, cut.clone(), RATE, patience, contact), far, cut, standing)
    }

    #[tokio::test]
    async fn a_cut_wakes_who_reads() {
        let (mut guarded, mut far, cut, _) = guarded(64);
        far.write_all(b"x").await.unwrap();
        assert_eq!(guarded.read_u8().await.unwrap(), b'x');
        let reading = tokio::spawn(async move { guarded.read_u8().await });
        tokio::task::yield_now().await;
        cut.now();
        assert_eq!(reading.await.unwrap().unwrap_err().kind(), io::ErrorKind::ConnectionAborted);
        cut.gone().await;
    }

    #[tokio::test(start_paused = true)]
    async fn a_burst_comes_at_once_and_the_rest_by_and_by() {
        let (mut guarded, mut far, _, _) = guarded(64 * 1024);
        let start = Instant::now();
        far.write_all(&[b'x'; 10_000]).await.unwrap();
        let mut bytes = [0; 100];
        for _ in 0..37 {
            guarded.read_exact(&mut bytes).await.unwrap();
        }
        assert_eq!(start.elapsed(), Duration::ZERO);
        for _ in 37..100 {
            guarded.read_exact(&mut bytes).await.unwrap();
        }
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(6_000) && took < Duration::from_millis(6_500), "{took:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_go_is_left() {
        let (mut guarded, mut far, _, _) = guarded(64);
        guarded.shutdown().await.unwrap();
        let start = Instant::now();
        far.write_all(b"still here").await.unwrap();
        let mut bytes = Vec::new();
        let error = guarded.read_to_end(&mut bytes).await.unwrap_err();
        assert_eq!((error.kind(), bytes.as_slice()), (io::ErrorKind::TimedOut, &b"still here"[..]));
        assert_eq!(start.elapsed(), GOODBYE);
    }

    #[tokio::test(start_paused = true)]
    async fn output_that_is_stuck_ends_a_stranger_soon_and_somebody_late() {
        for (user, limit) in [(None, Limits::default().stalled_stranger), (Some(UserId(7)), Limits::default().stalled)]
        {
            let (mut guarded, mut far, _, standing) = guarded(64);
            let start = Instant::now();
            let written = tokio::spawn(async move { guarded.write_all(&[b'x'; 200]).await });
            tokio::task::yield_now().await;
            // What is taken counts, and signing in counts while output is stuck already.
            let mut some = [0; 64];
            tokio::time::sleep(Duration::from_secs(20)).await;
            far.read_exact(&mut some).await.unwrap();
            tokio::task::yield_now().await;
            standing.send_replace(Standing { user, wrong_passwords: 0 });
            assert_eq!(written.await.unwrap().unwrap_err().kind(), io::ErrorKind::TimedOut);
            let took = start.elapsed().as_secs();
            assert_eq!(took, limit.as_secs() + 20, "{user:?}");
        }
    }
}
