"""Telethon sending in a loop: nothing is kept, nothing is checked. Prints the seconds of the loop as JSON.

Usage: send.py MTPROTO_ADDRESS DC KEY_FILE CODE PHONES_FILE
The people are imported before the clock starts.
"""

import asyncio
import json
import pathlib
import sys
import time

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.network import ConnectionTcpAbridged
from telethon.sessions import MemorySession
from telethon.tl.functions.contacts import ImportContactsRequest
from telethon.tl.types import InputPhoneContact, InputPeerUser

IMPORT_BATCH = 100
ACCOUNT = "+79990000001"
TEXT = "Здравствуйте! Расскажу коротко о карте, которая подойдёт вам для ежедневных покупок. Номер {}."


async def main():
    address, dc, key_file, code, phones_file = sys.argv[1:]
    host, port = address.rsplit(":", 1)
    rsa.add_key(pathlib.Path(key_file).read_text(), old=False)
    session = MemorySession()
    session.set_dc(int(dc), host, int(port))
    client = TelegramClient(session, 1, "0" * 32, connection=ConnectionTcpAbridged, flood_sleep_threshold=0)
    await client.start(phone=ACCOUNT, code_callback=lambda: code)
    phones = pathlib.Path(phones_file).read_text().split()
    people = []
    for at in range(0, len(phones), IMPORT_BATCH):
        batch = [InputPhoneContact(at + n, phone, "Имя", "") for n, phone in enumerate(phones[at : at + IMPORT_BATCH])]
        people += (await client(ImportContactsRequest(batch))).users
    peers = [InputPeerUser(person.id, person.access_hash) for person in people]
    started = time.monotonic()
    for number, peer in enumerate(peers):
        await client.send_message(peer, TEXT.format(number))
    seconds = time.monotonic() - started
    await client.disconnect()
    print(json.dumps({"sent": len(peers), "seconds": seconds}))


asyncio.run(main())
