"""All pages of taking home: the trainer's, the participants', their links, and the review date."""

from fastapi import APIRouter

from app.exports import mailing, pages, reviewing

router = APIRouter()
for part in (pages, reviewing, mailing):
    router.include_router(part.router)
