//! What a person brought along, kept by the browser from one visit to the next: one record in IndexedDB,
//! which has room for a model. A browser may keep nothing (private windows, full or denied storage):
//! that is answered, never thrown, and the page plays on.

use std::pin::pin;

use futures_util::future::{Either, select};
use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use js_sys::Uint8Array;
use play::Imports;
use wasm_bindgen::{JsCast, JsValue};

use crate::dom;

const DATABASE: &str = "latent-pad";
const STORE: &str = "brought";
const RECORD: &str = "all";
/// Says in the storage of texts, which answers at once, that there is a record: without one the page
/// does not wait for IndexedDB.
const FLAG_KEY: &str = "latent-pad.brought";
/// How long the database is waited for, in milliseconds: a sound without it is better than none.
const PATIENCE_MS: i32 = 2000;

/// There is something that the browser does not give back, or not in time.
#[derive(Clone, Copy, Debug)]
pub struct Withheld;

/// What was kept; none if there is nothing, or it is damaged.
///
/// # Errors
/// [`Withheld`].
pub async fn read() -> Result<Option<Imports>, Withheld> {
    let flag = dom::storage().and_then(|storage| storage.get_item(FLAG_KEY).ok().flatten());
    if flag.is_none() {
        return Ok(None);
    }
    let bytes = in_time(get()).await.ok_or(Withheld)?;
    Ok(bytes.and_then(|bytes| Imports::read(&bytes)))
}

/// Keeps this beside what is kept already; answers whether the browser does.
pub async fn write(brought: Imports) -> bool {
    // What cannot be read is not written over.
    let Ok(kept) = read().await else { return false };
    let brought = brought.join(kept.unwrap_or_default());
    let value = Uint8Array::from(brought.write().as_slice());
    in_time(put(&value)).await.is_some()
        && dom::storage().is_some_and(|storage| storage.set_item(FLAG_KEY, "1").is_ok())
}

/// Keeps nothing any more.
pub async fn clear() {
    if let Some(storage) = dom::storage() {
        let _ = storage.remove_item(FLAG_KEY);
    }
    // Without the flag nobody looks for it, should the browser not let it go.
    let _ = in_time(delete()).await;
}

/// What the database answers, if it does in time.
async fn in_time<T>(answering: impl Future<Output = Result<T, Error>>) -> Option<T> {
    match select(pin!(answering), pin!(dom::wait(PATIENCE_MS))).await {
        Either::Left((answer, _)) => answer.ok(),
        Either::Right(_) => None,
    }
}

async fn open() -> Result<Database, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(1))?;
    request.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            // Refused where it is there already.
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    request.await
}

async fn get() -> Result<Option<Vec<u8>>, Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadOnly)?;
    let found = transaction.object_store(STORE)?.get(JsValue::from(RECORD))?.await?;
    database.close();
    Ok(found.and_then(|value| value.dyn_into::<Uint8Array>().ok()).map(|bytes| bytes.to_vec()))
}

async fn put(value: &JsValue) -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    transaction.object_store(STORE)?.put(value, Some(&RECORD.into()))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}

async fn delete() -> Result<(), Error> {
    let database = open().await?;
    let transaction = database.transaction(&[STORE], TransactionMode::ReadWrite)?;
    transaction.object_store(STORE)?.delete(JsValue::from(RECORD))?.await?;
    transaction.commit()?.await?;
    database.close();
    Ok(())
}
