//! How a run is asked to end: first gently, then by force.

use tokio::sync::watch;

/// How urgently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Not at all.
    #[default]
    None,
    /// Programs are asked to end, and have a time of grace.
    Ask,
    /// Programs are ended.
    Force,
}

/// The end that asks.
#[derive(Clone, Debug)]
pub struct Canceller(std::sync::Arc<watch::Sender<Urgency>>);

/// The end that is asked.
#[derive(Clone, Debug)]
pub struct Cancel {
    asked: watch::Receiver<Urgency>,
    /// What was asked before, and is not heard.
    before: Urgency,
}

/// Both ends.
pub fn cancel() -> (Canceller, Cancel) {
    let (sender, receiver) = watch::channel(Urgency::None);
    let cancel = Cancel {
        asked: receiver,
        before: Urgency::None,
    };
    (Canceller(std::sync::Arc::new(sender)), cancel)
}

impl Canceller {
    /// Asks, more urgently each time.
    pub fn ask(&self) {
        self.0.send_modify(|urgency| {
            *urgency = match urgency {
                Urgency::None => Urgency::Ask,
                Urgency::Ask | Urgency::Force => Urgency::Force,
            };
        });
    }

    /// Another end that is asked.
    pub fn cancel(&self) -> Cancel {
        Cancel {
            asked: self.0.subscribe(),
            before: Urgency::None,
        }
    }
}

impl Cancel {
    /// How urgently it is asked now.
    pub fn urgency(&self) -> Urgency {
        *self.asked.borrow()
    }

    /// An end that hears only what is asked from now on: for what begins although the run is being cancelled.
    #[must_use]
    pub fn from_now(&self) -> Self {
        Self {
            asked: self.asked.clone(),
            before: self.urgency(),
        }
    }

    /// Waits until it is asked more urgently than that.
    pub async fn more_than(&mut self, known: Urgency) -> Urgency {
        let known = known.max(self.before);
        let asked = self.asked.wait_for(|urgency| *urgency > known).await;
        let asked = asked.ok().map(|urgency| *urgency);
        match asked {
            Some(urgency) => urgency,
            // Nobody can ask any more.
            None => std::future::pending().await,
        }
    }
}
