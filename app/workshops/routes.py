"""All addresses of joining and preparing, and the library's pages beside them."""

from fastapi import APIRouter, Depends

from app.accounts.deps import signed_in
from app.library import pages as library
from app.workshops import co_trainers, editing, joining, people, preparing, switching, worksheets

router = APIRouter()
for room in (joining, switching, preparing, people, co_trainers, editing, worksheets):
    router.include_router(room.router)
# Everybody may look; who is signed in keeps the trainer's bar.
router.include_router(library.router, dependencies=[Depends(signed_in)])
