"""Telethon against the simulator: sign-in, second password, import, sending, live updates, catching up.

Usage: telethon_client.py, with the simulator's JSON line in the environment variable SIMULATOR.
Prints `ok` or `FAILED` for each check, and `N passed, N failed` at the end.
"""

import asyncio
import json
import logging
import os
import sys
import traceback
import urllib.error
import urllib.request

from telethon import TelegramClient, errors, events, functions, network, types
from telethon.crypto import rsa
from telethon.sessions import StringSession

SIMULATOR = json.loads(os.environ["SIMULATOR"])
ACCOUNT = "+79005550001"
GUARDED = "+79005550002"
WAIT_SECONDS = 10

passed = failed = 0
# It tells of each repetition; the checks below say what matters.
logging.getLogger("telethon").setLevel(logging.ERROR)


def session(saved=""):
    made = StringSession(saved)
    if not saved:
        host, port = SIMULATOR["mtproto"].rsplit(":", 1)
        made.set_dc(SIMULATOR["dc"], host, int(port))
    return made


def client(saved="", connection=network.ConnectionTcpFull):
    return TelegramClient(session(saved), 1, "interop", connection=connection, flood_sleep_threshold=0, request_retries=2)


def control(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SIMULATOR["control"] + path, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=WAIT_SECONDS) as answer:
        text = answer.read()
    return json.loads(text) if text else None


async def control_async(path, body=None):
    return await asyncio.to_thread(control, path, body)


async def sign_in(telegram, phone):
    sent = await telegram.send_code_request(phone)
    return await telegram.sign_in(phone, SIMULATOR["code"], phone_code_hash=sent.phone_code_hash)


async def import_one(telegram, phone, name):
    contact = types.InputPhoneContact(client_id=5, phone=phone, first_name=name, last_name="")
    return await telegram(functions.contacts.ImportContactsRequest([contact]))


async def signs_in_by_code(state):
    telegram = state["telegram"] = client()
    await telegram.connect()
    assert not await telegram.is_user_authorized()
    sent = await telegram.send_code_request(ACCOUNT)
    try:
        await telegram.sign_in(ACCOUNT, "00000", phone_code_hash=sent.phone_code_hash)
        raise AssertionError("a wrong code signed in")
    except errors.PhoneCodeInvalidError:
        pass
    me = await sign_in(telegram, ACCOUNT)
    assert me.is_self and me.first_name == "Telethon", me
    assert (await telegram.get_me()).phone == ACCOUNT[1:]


async def needs_the_second_password(state):
    guarded = client()
    await guarded.connect()
    try:
        await sign_in(guarded, GUARDED)
        raise AssertionError("signed in without the password")
    except errors.SessionPasswordNeededError:
        pass
    try:
        await guarded.sign_in(password="rose")
        raise AssertionError("a wrong password signed in")
    except errors.PasswordHashInvalidError:
        pass
    me = await guarded.sign_in(password="тюльпан 7")
    assert me.last_name == "Guarded", me
    await guarded.log_out()


async def imports_a_phone(state):
    found = await import_one(state["telegram"], "+7 900 555-10-01", "Ольга из импорта")
    assert len(found.imported) == 1 and found.imported[0].client_id == 5, found
    assert found.users[0].first_name == "Ольга из импорта" and found.users[0].contact
    state["olga"] = found.users[0]
    nobody = await import_one(state["telegram"], "+79005559999", "Никто")
    assert not nobody.imported, nobody


async def sends_and_gets_a_live_answer(state):
    telegram, olga = state["telegram"], state["olga"]
    arrived = asyncio.get_running_loop().create_future()

    async def on_message(event):
        if not arrived.done():
            arrived.set_result(event.message)

    telegram.add_event_handler(on_message, events.NewMessage(incoming=True, chats=olga))
    sent = await telegram.send_message(olga, "Здравствуйте, Ольга!")
    assert sent.out and sent.id > 0 and sent.text == "Здравствуйте, Ольга!"
    answer = await asyncio.wait_for(arrived, WAIT_SECONDS)
    assert answer.text and not answer.out and answer.sender_id == olga.id, answer
    telegram.remove_event_handler(on_message)
    state["sent"] = sent


async def keeps_its_own_random_id(state):
    telegram = state["telegram"]
    timur = await telegram.get_input_entity("timur_interop")
    request = functions.messages.SendMessageRequest(timur, "Один раз", random_id=123456789)
    sent = await telegram(request)
    try:
        await telegram(functions.messages.SendMessageRequest(timur, "Один раз", random_id=123456789))
        raise AssertionError("a repeated random_id was taken")
    except (errors.RandomIdDuplicateError, ValueError) as error:
        # Telethon repeats answers of the 500 class and gives up with a ValueError.
        state["duplicate"] = error
    history = await telegram.get_messages(timur, limit=10)
    assert [message.id for message in history] == [sent.id], history


async def reads_history(state):
    history = await state["telegram"].get_messages(state["olga"], limit=10)
    assert history.total == len(history) >= 2, history
    assert history[-1].id == state["sent"].id and history[-1].out
    assert not history[0].out
    await state["telegram"].send_read_acknowledge(state["olga"], history[0])
    dialogs = await state["telegram"].get_dialogs()
    names = {dialog.name: dialog for dialog in dialogs}
    assert names["Ольга из импорта"].unread_count == 0, names
    assert names["Interop group"].is_group


async def lists_members(state):
    group = await state["telegram"].get_entity("interop_group")
    members = await state["telegram"].get_participants(group)
    assert len(members) >= 13, len(members)
    assert any(member.username == "timur_interop" for member in members)


async def is_told_of_errors(state):
    telegram = state["telegram"]
    pavel = (await import_one(telegram, "+79005551003", "Павел")).users[0]
    try:
        await telegram.send_message(pavel, "Добрый день")
        raise AssertionError("wrote to a private person")
    except errors.UserPrivacyRestrictedError:
        pass
    # Telethon remembers a flood wait of a method by itself, so this takes one that no other check needs.
    fault = {"method": "contacts.search", "account": ACCOUNT, "times": 1}
    await control_async("/faults", {**fault, "action": {"flood_wait": {"seconds": 17}}})
    try:
        await telegram(functions.contacts.SearchRequest("Тимур", limit=5))
        raise AssertionError("no flood wait")
    except errors.FloodWaitError as error:
        assert error.seconds == 17, error
    await control_async("/reset-faults", {})


async def edits_and_deletes(state):
    telegram, olga = state["telegram"], state["olga"]
    sent = await telegram.send_message(olga, "Опечатка")
    edited = await telegram.edit_message(olga, sent.id, "Исправлено")
    assert edited.id == sent.id and edited.text == "Исправлено" and edited.edit_date
    await telegram.delete_messages(olga, [sent.id])
    assert await telegram.get_messages(olga, ids=sent.id) is None


async def catches_up_after_reconnecting(state):
    telegram, olga = state["telegram"], state["olga"]
    await asyncio.sleep(1)
    saved = telegram.session
    await telegram.disconnect()
    await control_async("/say", {"person": "+79005551001", "account": ACCOUNT, "text": "Пока вас не было"})
    again = state["telegram"] = TelegramClient(saved, 1, "interop", catch_up=True)
    arrived = asyncio.get_running_loop().create_future()

    async def on_message(event):
        if event.raw_text == "Пока вас не было" and not arrived.done():
            arrived.set_result(event.message)

    again.add_event_handler(on_message, events.NewMessage(incoming=True))
    await again.connect()
    await again.catch_up()
    message = await asyncio.wait_for(arrived, WAIT_SECONDS)
    assert message.sender_id == olga.id


async def speaks_every_transport(state):
    saved = state["telegram"].session.save()
    for connection in (
        network.ConnectionTcpAbridged,
        network.ConnectionTcpIntermediate,
        network.ConnectionTcpObfuscated,
        network.ConnectionTcpFull,
    ):
        other = client(saved, connection)
        await other.connect()
        me = await other.get_me()
        assert me and me.first_name == "Telethon", connection
        await other.disconnect()


async def takes_a_new_salt(state):
    rule = {"account": ACCOUNT, "method": "users.getUsers", "times": 1, "action": "bad_salt"}
    await control_async("/faults", rule)
    assert (await state["telegram"].get_me()).is_self
    await control_async("/reset-faults", {})


async def logs_out(state):
    telegram = state["telegram"]
    await telegram.log_out()
    await telegram.disconnect()


CHECKS = [
    signs_in_by_code,
    needs_the_second_password,
    imports_a_phone,
    sends_and_gets_a_live_answer,
    keeps_its_own_random_id,
    reads_history,
    lists_members,
    is_told_of_errors,
    edits_and_deletes,
    catches_up_after_reconnecting,
    speaks_every_transport,
    takes_a_new_salt,
    logs_out,
]


async def main():
    global passed, failed
    rsa.add_key(SIMULATOR["rsa_public_key"], old=False)
    state = {}
    for check in CHECKS:
        try:
            await asyncio.wait_for(check(state), 60)
            passed += 1
            print(f"ok telethon {check.__name__}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED telethon {check.__name__}", flush=True)
            traceback.print_exc()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


asyncio.run(main())
