"""All addresses of joining and preparing, and the library's pages beside them."""

from fastapi import APIRouter, Depends

from app.accounts.deps import signed_in
from app.library import pages as library
from app.workshops import editing, joining, people, preparing

router = APIRouter()
for room in (joining, preparing, people, editing):
    router.include_router(room.router)
# Everybody may look; who is signed in keeps the trainer's bar.
router.include_router(library.router, dependencies=[Depends(signed_in)])
