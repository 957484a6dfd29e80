//! Takes what the connection delivers, puts it in order, fills gaps from the difference, and queues it for the stream.

use std::sync::Arc;
use std::time::Duration;

use grammers_session::types::UpdatesState;
use grammers_session::updates::{MessageBoxes, PrematureEndReason, State, UpdateAndPeers, UpdatesLike};
use grammers_tl_types as tl;
use tokio::sync::{mpsc, watch};
use tokio::time::{sleep, sleep_until};

use crate::activity::Activity;
use crate::incoming::{confirms_login, just_sent, speaks_of_strangers};
use crate::shared::Shared;
use crate::types::millis;
use crate::{Incoming, TelegramError};

/// Pauses after a failed attempt to fetch the difference, in real time.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// Updates that wait to be committed, and the state that holds once they are.
pub(crate) struct Waiting {
    /// Of [`Shared::reload`]; once another began, this does not count any more.
    pub generation: u64,
    pub updates: Vec<Incoming>,
    pub state: Option<UpdatesState>,
    pub count: Counted,
}

/// Counts waiting updates as the client's activity until this is dropped.
pub(crate) struct Counted(Arc<Activity>, usize);

impl Counted {
    fn new(activity: &Arc<Activity>, updates: usize) -> Self {
        activity.received(updates);
        Self(Arc::clone(activity), updates)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.settled(self.1);
    }
}

/// Updates in order, not yet queued, and the state that holds after them.
struct Ready {
    updates: Vec<Incoming>,
    state: Option<UpdatesState>,
}

enum Packet {
    Some(Box<UpdatesLike>),
    /// Something else wants attention.
    None,
    /// The pool has ended.
    Ended,
}

pub(crate) struct Pump {
    shared: Arc<Shared>,
    raw: mpsc::Receiver<UpdatesLike>,
    out: mpsc::Sender<Waiting>,
    reload: watch::Receiver<u64>,
    generation: u64,
    /// The account's place in the sequence of updates; `None` while nobody is signed in.
    boxes: Option<MessageBoxes>,
    pause: Duration,
}

impl Pump {
    pub(crate) fn new(
        shared: Arc<Shared>,
        raw: mpsc::Receiver<UpdatesLike>,
        out: mpsc::Sender<Waiting>,
    ) -> Self {
        let mut reload = shared.reload.subscribe();
        reload.mark_changed();
        Self {
            shared,
            raw,
            out,
            reload,
            generation: 0,
            boxes: None,
            pause: FIRST_PAUSE,
        }
    }

    /// Runs until the pool ends.
    pub(crate) async fn run(mut self) {
        loop {
            if self.reload.has_changed().unwrap_or(false) {
                self.generation = *self.reload.borrow_and_update();
                self.boxes = None;
            }
            if self.boxes.is_none() && self.shared.session.me().is_some() {
                match self.start().await {
                    Ok(state) => self.boxes = Some(begin_at(&state)),
                    Err(_) => self.pause_after_failure().await,
                }
                continue;
            }
            if let Some(request) = self.boxes.as_ref().and_then(MessageBoxes::get_difference) {
                let answer = self
                    .shared
                    .invoke(&request)
                    .await
                    .map(|difference| self.apply_difference(difference));
                match answer {
                    Ok(ready) => self.hand_on(ready).await,
                    Err(TelegramError::Rpc { name, .. }) if name.starts_with("PERSISTENT_TIMESTAMP") => {
                        self.start_over().await;
                    }
                    Err(_) => self.pause_after_failure().await,
                }
                continue;
            }
            let ready = match self.next_packet().await {
                Packet::Some(raw) => self.process(*raw),
                Packet::None => continue,
                Packet::Ended => return,
            };
            self.hand_on(ready).await;
        }
    }

    /// Begins at the state that was last handed on (or committed, or that Telegram has now) and at once asks what was
    /// missed since.
    async fn start(&self) -> Result<UpdatesState, TelegramError> {
        if let Some(state) = self.shared.resume_from() {
            return Ok(state);
        }
        let state = current_state(&self.shared).await?;
        self.shared.session.commit(state.clone()).await?;
        Ok(state)
    }

    /// Telegram does not accept our place in the sequence: goes on from its own.
    async fn start_over(&mut self) {
        match current_state(&self.shared).await {
            Ok(state) => {
                self.boxes = Some(begin_at(&state));
                self.hand_on(Some(Ready {
                    updates: vec![self.too_long()],
                    state: Some(state),
                }))
                .await;
            }
            Err(_) => self.pause_after_failure().await,
        }
    }

    async fn pause_after_failure(&mut self) {
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST_PAUSE);
        tokio::select! {
            () = sleep(pause) => {}
            _ = self.reload.changed() => self.reload.mark_changed(),
        }
    }

    /// Waits for one packet from the connection.
    async fn next_packet(&mut self) -> Packet {
        let deadline = self.boxes.as_mut().map(MessageBoxes::check_deadlines);
        let silence = Duration::from_millis(self.shared.options.idle_check_ms.max(1));
        tokio::select! {
            raw = self.raw.recv() => raw.map_or(Packet::Ended, |raw| Packet::Some(Box::new(raw))),
            _ = self.reload.changed() => {
                self.reload.mark_changed();
                Packet::None
            }
            () = reached(deadline) => Packet::None,
            () = sleep(silence), if self.boxes.is_some() => {
                // As if the connection had been closed: the difference is asked for.
                Packet::Some(Box::new(UpdatesLike::MalformedUpdates))
            }
        }
    }

    /// Puts a packet in order. What is out of order waits inside for the difference.
    fn process(&mut self, raw: UpdatesLike) -> Option<Ready> {
        self.shared.options.activity.tick();
        if matches!(raw, UpdatesLike::ConnectionClosed) {
            self.shared.set_unreachable("the connection was closed");
        }
        let Some(boxes) = self.boxes.as_mut() else {
            let confirmed = matches!(&raw, UpdatesLike::Updates(updates) if confirms_login(updates));
            return confirmed.then(|| Ready {
                updates: vec![Incoming::LoginToken],
                state: None,
            });
        };
        let raw = match raw {
            UpdatesLike::Updates(updates) if speaks_of_strangers(&updates, &self.shared.session) => {
                UpdatesLike::MalformedUpdates
            }
            raw => raw,
        };
        let sent = just_sent(&raw);
        let ordered = boxes.process_updates(raw).ok()?;
        let mut ready = self.ready(ordered, Vec::new());
        for update in &mut ready.updates {
            if let Incoming::Message(message) = update
                && message.out
            {
                message.random_id = sent
                    .iter()
                    .find(|(id, _)| *id == message.id)
                    .map(|(_, random_id)| *random_id);
            }
        }
        Some(ready)
    }

    fn apply_difference(&mut self, difference: tl::enums::updates::Difference) -> Option<Ready> {
        self.pause = FIRST_PAUSE;
        let too_long = matches!(difference, tl::enums::updates::Difference::TooLong(_));
        let ordered = self.boxes.as_mut()?.apply_difference(difference);
        let first = if too_long {
            vec![self.too_long()]
        } else {
            Vec::new()
        };
        let mut ready = self.ready(ordered, first);
        // A difference tells changes apart from new messages; what changes a message must come after it.
        ready
            .updates
            .sort_by_key(|update| !matches!(update, Incoming::Message(_) | Incoming::TooLong { .. }));
        Some(ready)
    }

    fn too_long(&self) -> Incoming {
        let committed = self.shared.session.committed().filter(|state| state.date > 0);
        Incoming::TooLong {
            since_ms: committed.map(|state| millis(state.date)),
        }
    }

    fn ready(&mut self, (updates, users, _chats): UpdateAndPeers, mut incoming: Vec<Incoming>) -> Ready {
        self.shared.session.remember(&users);
        let convert =
            |(update, State { date, .. })| Incoming::from_update(update, date, &self.shared.session);
        incoming.extend(updates.into_iter().filter_map(convert));
        let state = self.boxes.as_mut().map(|boxes| {
            // Channels are read through their own calls; their sequences are not followed.
            while boxes.get_channel_difference().is_some() {
                boxes.end_channel_difference(PrematureEndReason::Banned);
            }
            UpdatesState {
                channels: Vec::new(),
                ..boxes.session_state()
            }
        });
        Ready {
            updates: incoming,
            state,
        }
    }

    /// Queues updates for the stream. While its consumer is behind, the connection is drained all the same, and what
    /// came meanwhile is fetched again as a difference.
    async fn hand_on(&mut self, ready: Option<Ready>) {
        let Some(Ready { updates, state }) = ready.filter(|ready| !ready.updates.is_empty()) else {
            return;
        };
        let count = Counted::new(&self.shared.options.activity, updates.len());
        let mut missed = false;
        let permit = loop {
            tokio::select! {
                biased;
                permit = self.out.reserve() => break permit,
                _ = self.reload.changed() => { self.reload.mark_changed(); return }
                raw = self.raw.recv() => match raw {
                    Some(_) => missed = true,
                    None => return,
                }
            }
        };
        let Ok(permit) = permit else { return };
        if let Some(state) = &state {
            self.shared.note_delivered(self.generation, state);
        }
        permit.send(Waiting {
            generation: self.generation,
            updates,
            state,
            count,
        });
        if missed && let Some(boxes) = self.boxes.as_mut() {
            let _gap = boxes.process_updates(UpdatesLike::MalformedUpdates);
        }
    }
}

/// A place in the sequence of updates; what came since is to be asked for at once.
fn begin_at(state: &UpdatesState) -> MessageBoxes {
    let mut boxes = MessageBoxes::new();
    boxes.set_state(tl::types::updates::State {
        pts: state.pts,
        qts: state.qts,
        date: state.date,
        seq: state.seq,
        unread_count: 0,
    });
    let _gap = boxes.process_updates(UpdatesLike::ConnectionClosed);
    boxes
}

/// Ends at a point of real time, or never.
async fn reached(deadline: Option<std::time::Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}

/// Where the sequence of updates stands at Telegram now.
pub(crate) async fn current_state(shared: &Shared) -> Result<UpdatesState, TelegramError> {
    let tl::enums::updates::State::State(state) = shared.invoke(&tl::functions::updates::GetState {}).await?;
    Ok(UpdatesState {
        pts: state.pts,
        qts: state.qts,
        date: state.date,
        seq: state.seq,
        channels: Vec::new(),
    })
}
