//! The table of methods.

use grammers_tl_types::{
    Cursor, Deserializable, Identifiable, RemoteCall, Serializable, functions, name_for_id,
};

use super::{Context, INPUT_REQUEST_INVALID};
use super::{account, auth, channels, contacts, dialogs, groups, help, messages, updates, users};
use crate::net::crypto::u32_at;
use crate::world::Answer;
use crate::world::error::RpcError;

/// The TL name of a method, e.g. `messages.sendMessage`.
pub(crate) fn name(constructor: u32) -> &'static str {
    name_for_id(constructor)
}

macro_rules! methods {
    ($($request:ty => $handler:path,)*) => {
        /// The constructors of all methods.
        #[cfg(test)]
        const ALL: &[u32] = &[$(<$request>::CONSTRUCTOR_ID),*];

        /// Has a call handled by the method it names; the serialized result.
        pub(crate) fn dispatch(context: &Context<'_>, query: &[u8]) -> Answer<Vec<u8>> {
            let fields = &mut Cursor::from_slice(query.get(4..).unwrap_or_default());
            match u32_at(query, 0) {
                $(<$request>::CONSTRUCTOR_ID => {
                    let request = <$request>::deserialize(fields).map_err(|_| INPUT_REQUEST_INVALID)?;
                    let result: <$request as RemoteCall>::Return = $handler(context, request)?;
                    Ok(result.to_bytes())
                })*
                other => Err(unknown(context, other)),
            }
        }
    };
}

methods! {
    functions::help::GetConfig => help::get_config,
    functions::help::GetNearestDc => help::get_nearest_dc,
    functions::help::GetAppConfig => help::get_app_config,
    functions::help::GetTermsOfServiceUpdate => help::get_terms_of_service_update,
    functions::auth::SendCode => auth::send_code,
    functions::auth::ResendCode => auth::resend_code,
    functions::auth::CancelCode => auth::cancel_code,
    functions::auth::SignIn => auth::sign_in,
    functions::auth::CheckPassword => auth::check_password,
    functions::auth::LogOut => auth::log_out,
    functions::auth::ExportLoginToken => auth::export_login_token,
    functions::auth::ImportLoginToken => auth::import_login_token,
    functions::auth::AcceptLoginToken => auth::accept_login_token,
    functions::account::GetPassword => account::get_password,
    functions::account::UpdateStatus => account::update_status,
    functions::account::GetAuthorizations => account::get_authorizations,
    functions::account::ResetAuthorization => account::reset_authorization,
    functions::users::GetUsers => users::get_users,
    functions::users::GetFullUser => users::get_full_user,
    functions::users::GetRequirementsToContact => users::get_requirements_to_contact,
    functions::contacts::ImportContacts => contacts::import_contacts,
    functions::contacts::AddContact => contacts::add_contact,
    functions::contacts::DeleteContacts => contacts::delete_contacts,
    functions::contacts::GetContacts => contacts::get_contacts,
    functions::contacts::ResolveUsername => contacts::resolve_username,
    functions::contacts::ResolvePhone => contacts::resolve_phone,
    functions::contacts::Search => contacts::search,
    functions::messages::SendMessage => messages::send_message,
    functions::messages::EditMessage => messages::edit_message,
    functions::messages::DeleteMessages => messages::delete_messages,
    functions::messages::ReadHistory => messages::read_history,
    functions::messages::GetHistory => messages::get_history,
    functions::messages::Search => messages::search,
    functions::messages::SearchGlobal => messages::search_global,
    functions::messages::GetMessages => messages::get_messages,
    functions::messages::SetTyping => messages::set_typing,
    functions::messages::GetDialogs => dialogs::get_dialogs,
    functions::messages::GetPeerDialogs => dialogs::get_peer_dialogs,
    functions::messages::GetPinnedDialogs => dialogs::get_pinned_dialogs,
    functions::messages::GetDialogFilters => dialogs::get_dialog_filters,
    functions::messages::GetChats => groups::get_chats,
    functions::messages::GetFullChat => groups::get_full_chat,
    functions::channels::GetChannels => channels::get_channels,
    functions::channels::GetFullChannel => channels::get_full_channel,
    functions::channels::GetParticipants => channels::get_participants,
    functions::channels::GetParticipant => channels::get_participant,
    functions::channels::GetMessages => channels::get_messages,
    functions::channels::DeleteMessages => channels::delete_messages,
    functions::channels::ReadHistory => channels::read_history,
    functions::channels::LeaveChannel => channels::leave_channel,
    functions::updates::GetState => updates::get_state,
    functions::updates::GetDifference => updates::get_difference,
    functions::updates::GetChannelDifference => updates::get_channel_difference,
}

/// A method that is not there is an error, and it is counted: a test can fail on it.
fn unknown(context: &Context<'_>, constructor: u32) -> RpcError {
    let name = name(constructor);
    tracing::warn!(
        method = name,
        constructor = format!("{constructor:08x}"),
        "unknown method"
    );
    context.shared.count_unknown(format!("{name}#{constructor:08x}"));
    RpcError {
        code: 400,
        name: format!("INPUT_METHOD_INVALID_{constructor}").into(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::ids::KeyId;
    use crate::net::crypto::AuthKey;
    use crate::net::keys::KeyEntry;
    use crate::scenario::Scenario;
    use crate::server::{Options, Running, Simulator};

    const ACCOUNT: &str = "79007770001";
    const SCENARIO: &str = r#"{ code: "31415", accounts: [{ phone: "+79007770001" }] }"#;

    async fn signed_in() -> (Running, Arc<KeyEntry>) {
        let running = Simulator::start(Options::new(Scenario::parse(SCENARIO).unwrap()))
            .await
            .unwrap();
        let key = AuthKey::new([3; 256]);
        let id = KeyId(key.id());
        running.world().save_key(id, key.bytes());
        let hash = running.world().send_code(ACCOUNT).unwrap();
        running.world().sign_in(id, ACCOUNT, &hash, "31415").unwrap();
        let entry = running.shared.keys.get(running.world(), id.0).unwrap();
        (running, entry)
    }

    /// Every method is given fields that no client would send; each answers a result or an error.
    #[test]
    fn no_fields_make_a_method_panic() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (running, key) = runtime.block_on(signed_in());
        let (sink, _news) = running.shared.hub.connect();
        let word = prop_oneof![
            any::<u32>(),
            Just(0x1cb5_c415),
            Just(0x7da0_7ec9),
            Just(0),
            Just(1),
            Just(u32::MAX),
            Just(0x7fff_ffff),
            Just(0x8000_0000),
        ];
        let fields = proptest::collection::vec(word, 0..24);
        let config = ProptestConfig {
            cases: 4_000,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        proptest!(config, |(fields in fields)| {
            for constructor in ALL {
                let mut query = constructor.to_le_bytes().to_vec();
                query.extend(fields.iter().flat_map(|word| word.to_le_bytes()));
                let context = Context { shared: &running.shared, key: &key, sink: &sink };
                // Whether it is a result or an error, it is an answer; a panic fails the test.
                let _ = dispatch(&context, &query);
            }
        });
    }
}
