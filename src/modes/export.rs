//! `marsai export`: films as a file or to standard output, part by part.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

use super::{Around, Stop, call, database};
use crate::api::film_form::ExportFormat;
use crate::api::{Answer, Progress, Reply, Request};
use crate::cli::Export;
use crate::domain::FilmId;
use crate::run::backend::End;
use crate::screens::sift;
use crate::service::{Caller, NoObserver, Observer, Service};

/// Signs in and writes what is asked for.
pub(super) async fn run(around: &Around, export: Export) -> Result<u8, Stop> {
    let Export::Films { email, format, columns, filter, output } = export;
    let password = call::password(&email)?;
    let opened = database::open(around).await?;
    let service = opened.service();
    let outcome = match call::sign_in(around, &service, email, password).await {
        Ok(signed) => {
            let work = Work { around, service: &service, caller: &signed.caller };
            let outcome = work.films(format.into(), columns, filter.as_deref(), output.as_deref()).await;
            signed.leave(End::Quit).await;
            outcome
        }
        Err(stop) => Err(stop),
    };
    drop(service);
    opened.close().await?;
    outcome.map(|()| 0)
}

struct Work<'a> {
    around: &'a Around,
    service: &'a Service,
    caller: &'a Caller,
}

impl Work<'_> {
    async fn films(
        &self,
        format: ExportFormat,
        columns: Vec<String>,
        filter: Option<&str>,
        output: Option<&Path>,
    ) -> Result<(), Stop> {
        let films = match filter {
            Some(line) => Some(self.matching(line).await?),
            None => None,
        };
        let request = Request::ExportFilms { films, columns, format, parts: true };
        let Some(path) = output else {
            self.pour(request, io::stdout()).await?;
            return Ok(());
        };
        // Beside its place, and there only once it is whole. Nobody else may read it: it holds personal data.
        let at = |source| Stop::File { path: path.to_owned(), source };
        let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = NamedTempFile::new_in(directory).map_err(at)?;
        let (written, films) = self.pour(request, file).await?;
        written.as_file().sync_all().map_err(at)?;
        written.persist(path).map_err(|error| at(error.error))?;
        let place = path.display().to_string();
        let args = [("count", films.into()), ("path", (&place).into())];
        writeln!(io::stderr(), "{}", self.around.lang.tr_with("command-exported", &args)).map_err(Stop::Output)
    }

    /// The films that the console's filter line would leave.
    async fn matching(&self, line: &str) -> Result<Vec<FilmId>, Stop> {
        let answer = self.service.call(self.caller, Request::Films { fresh: false }, None, &NoObserver).await;
        match answer.map_err(|failure| Stop::failure(&self.around.lang, &failure))? {
            Answer { reply: Reply::Films(list), .. } => {
                sift::films(&list, line).map_err(|wrong| Stop::Usage(format!("--where: {wrong}")))
            }
            _ => Err(Stop::Fault("the service answered films with something else".to_owned())),
        }
    }

    /// Lets the text run out part by part; answers what it ran into and how many films it was.
    async fn pour<W: Write + Send>(&self, request: Request, out: W) -> Result<(W, u32), Stop> {
        let pour = Pour(Mutex::new((BufWriter::new(out), Ok(()))));
        let answer = self.service.call(self.caller, request, None, &pour).await;
        let (out, written) = pour.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        written.map_err(Stop::Output)?;
        let films = match answer.map_err(|failure| Stop::failure(&self.around.lang, &failure))?.reply {
            Reply::Export(export) => export.films,
            _ => return Err(Stop::Fault("the service answered an export with something else".to_owned())),
        };
        let out = out.into_inner().map_err(|error| Stop::Output(error.into_error()))?;
        Ok((out, films))
    }
}

/// Writes parts as they come; gives up when they can't be written.
struct Pour<W: Write>(Mutex<(BufWriter<W>, io::Result<()>)>);

impl<W: Write> Pour<W> {
    fn lock(&self) -> MutexGuard<'_, (BufWriter<W>, io::Result<()>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write + Send> Observer for Pour<W> {
    fn progress(&self, progress: Progress) {
        if let Progress::Partial(Reply::Export(part)) = progress {
            let (out, written) = &mut *self.lock();
            if written.is_ok() {
                *written = out.write_all(part.contents.as_bytes());
            }
        }
    }

    fn cancelled(&self) -> bool {
        self.lock().1.is_err()
    }
}
