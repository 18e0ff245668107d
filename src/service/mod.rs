//! One function per request: permission, transaction, rule, store, ledger, topic, shared lists.
//!
//! | module | holds |
//! |---|---|
//! | [`Service`] (`dispatch`) | which function answers which request, and whether this person may ask |
//! | `ask` | who asks for what, for the ledger, and the second look at their rights inside the transaction |
//! | `catalogue`, `assemble` | the light rows of all films, once per process |
//! | `synopses` | their long texts, for finding words in, once per process |
//! | `feed` | what this and other processes changed: the shared lists are patched, then the sessions are told |
//! | `films`, `votes`, `events`, `sponsors`, `settings` | what can be asked about each |
//! | `outside` | what the web site changed without telling us |
//! | `pictures` | films' pictures: from a folder or the web site, decoded, scaled, kept for a while |
//! | `standing` | films with everything that decides on them, under one lock, and the steps they take by themselves |
//! | `status`, `moving`, `undo` | moving films, one or many, and taking it back |
//! | `batches` | an operation on many films: batch after batch, with progress, a way to stop and to go on |
//! | `ballots`, `jurors`, `panels`, `rounds`, `release`, `awards` | the two rounds of votes: what jurors do, what staff do |
//! | `drafts`, `judging`, `deadlines` | what jurors need besides ballots |
//! | `trash` | deleting films, one or many, and putting them back |
//! | `film_form`, `categories`, `collaborators`, `bulk` | writing films: one, what hangs on it, one thing in many |
//! | `export` | films as a file |
//! | `accounts`, `my_account`, `sign_in`, `turns`, `password`, `ssh_key` | people |
//! | [`presence`], `visits` | who is on, here and in all processes, and who was |

mod accounts;
mod ask;
mod assemble;
mod awards;
mod ballots;
mod batches;
mod bulk;
mod caller;
mod catalogue;
mod categories;
mod collaborators;
mod deadlines;
mod dispatch;
mod drafts;
mod events;
mod export;
mod feed;
mod film_form;
mod films;
mod judging;
mod jurors;
mod moving;
mod my_account;
mod outside;
mod panels;
mod password;
mod pictures;
mod preferences;
pub mod presence;
mod release;
mod rounds;
mod settings;
mod sheet;
mod sign_in;
mod sponsors;
mod ssh_key;
mod standing;
mod status;
mod synopses;
mod trash;
mod turns;
mod undo;
mod undo_form;
mod undo_voting;
pub mod visits;
mod votes;
mod voting;

pub use caller::{Caller, NoObserver, Observer, Origin};
pub use dispatch::Service;
pub use outside::Looked;
