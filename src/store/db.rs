//! The database of this process: its pool, its shape and the name under which it writes.

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::{MySql, MySqlPool};
use uuid::Uuid;

use super::{Shape, StoreError};

/// A database that all sessions of this process share.
#[derive(Debug)]
pub struct Db {
    pool: MySqlPool,
    shape: RwLock<Arc<Shape>>,
    writer: Uuid,
}

impl Db {
    /// A database with the shape it was found to have.
    pub fn new(pool: MySqlPool, shape: Shape) -> Self {
        Self { pool, shape: RwLock::new(Arc::new(shape)), writer: Uuid::new_v4() }
    }

    /// A database whose shape is read now.
    ///
    /// # Errors
    /// It can't be reached, or can't be read.
    pub async fn open(pool: MySqlPool) -> Result<Self, StoreError> {
        let shape = Shape::read(&mut *pool.acquire().await?).await?;
        Ok(Self::new(pool, shape))
    }

    /// The pool, for reads that bring their own retry.
    pub fn pool(&self) -> &MySqlPool {
        &self.pool
    }

    /// The shape as it was last read.
    pub fn shape(&self) -> Arc<Shape> {
        self.shape.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The id under which this process writes into `console_topics`.
    pub fn writer(&self) -> Uuid {
        self.writer
    }

    /// Reads the shape again: somebody has changed the tables.
    ///
    /// # Errors
    /// It can't be reached, or can't be read.
    pub async fn reload(&self) -> Result<Arc<Shape>, StoreError> {
        let shape = Arc::new(Shape::read(&mut *self.pool.acquire().await?).await?);
        *self.shape.write().unwrap_or_else(PoisonError::into_inner) = shape.clone();
        Ok(shape)
    }

    pub(crate) async fn acquire(&self) -> Result<sqlx::pool::PoolConnection<MySql>, StoreError> {
        Ok(self.pool.acquire().await?)
    }
}
