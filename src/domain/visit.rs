//! Visits to the console: how somebody came in, and why it ended.

/// How somebody signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Way {
    /// With a password: at the console's own screen, or as SSH asks for it.
    #[default]
    Password,
    /// With a password, by SSH's questions and answers.
    Keyboard,
    /// With an SSH key.
    Key,
    /// By a key or certificate that another SSH server has looked at.
    Forced,
    /// This computer was known from an earlier sign-in.
    Token,
    /// As the first administrator, whom they made.
    First,
    /// In the demo, which signs in by itself.
    Demo,
    /// As a script (`marsai call`).
    Call,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 8] =
        [Way::Password, Way::Keyboard, Way::Key, Way::Forced, Way::Token, Way::First, Way::Demo, Way::Call];

    /// Its name in `console_visits`.
    pub fn name(self) -> &'static str {
        match self {
            Way::Password => "password",
            Way::Keyboard => "keyboard",
            Way::Key => "key",
            Way::Forced => "forced",
            Way::Token => "token",
            Way::First => "first",
            Way::Demo => "demo",
            Way::Call => "call",
        }
    }

    /// Reads its name.
    pub fn from_name(name: &str) -> Option<Way> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }

    /// The id of what it is called.
    pub fn message(self) -> &'static str {
        match self {
            Way::Password => "session-way-password",
            Way::Keyboard => "session-way-keyboard",
            Way::Key => "session-way-key",
            Way::Forced => "session-way-forced",
            Way::Token => "session-way-token",
            Way::First => "session-way-first",
            Way::Demo => "session-way-demo",
            Way::Call => "session-way-call",
        }
    }
}

/// Why a visit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// The person left.
    Quit,
    /// The person signed out; the console stayed open.
    SignedOut,
    /// The connection or the terminal was lost.
    Lost,
    /// It was locked and nobody came back.
    Locked,
    /// The console or the server was stopped.
    Stopped,
    /// An administrator ended it.
    Ended,
    /// The account was disabled, or got another role or password.
    Account,
    /// A fault of the program.
    Fault,
    /// Nothing was heard of the console for a while.
    Silent,
}

impl Why {
    /// All of them.
    pub const ALL: [Why; 9] = [
        Why::Quit,
        Why::SignedOut,
        Why::Lost,
        Why::Locked,
        Why::Stopped,
        Why::Ended,
        Why::Account,
        Why::Fault,
        Why::Silent,
    ];

    /// Its name in `console_visits`.
    pub fn name(self) -> &'static str {
        match self {
            Why::Quit => "quit",
            Why::SignedOut => "signed_out",
            Why::Lost => "lost",
            Why::Locked => "locked",
            Why::Stopped => "stopped",
            Why::Ended => "ended",
            Why::Account => "account",
            Why::Fault => "fault",
            Why::Silent => "silent",
        }
    }

    /// Reads its name.
    pub fn from_name(name: &str) -> Option<Why> {
        Self::ALL.into_iter().find(|why| why.name() == name)
    }

    /// The id of what it is called.
    pub fn message(self) -> &'static str {
        match self {
            Why::Quit => "session-end-quit",
            Why::SignedOut => "session-end-signed-out",
            Why::Lost => "session-end-lost",
            Why::Locked => "session-end-locked",
            Why::Stopped => "session-end-stopped",
            Why::Ended => "session-end-ended",
            Why::Account => "session-end-account",
            Why::Fault => "session-end-fault",
            Why::Silent => "session-end-silent",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_again_and_fit_the_column() {
        for why in Why::ALL {
            assert_eq!(Why::from_name(why.name()), Some(why));
            assert!(why.name().len() <= 40);
        }
        assert!(Way::ALL.iter().all(|way| way.name().len() <= 20));
    }
}
