// The editor's own words in Korean.

/** What CodeMirror says, by its English words. */
export const phrases: Record<string, string> = {
  Find: '찾기',
  Replace: '바꿀 말',
  next: '다음',
  previous: '이전',
  all: '모두',
  'match case': '대소문자 구분',
  'by word': '단어 단위',
  regexp: '정규식',
  replace: '바꾸기',
  'replace all': '모두 바꾸기',
  close: '닫기',
  'Go to line': '줄로 이동',
  go: '이동',
  Completions: '자동 완성',
  Diagnostics: '문제',
  'No diagnostics': '문제 없음',
  'Folded lines': '접힌 줄',
  'Unfolded lines': '펼친 줄',
  'folded code': '접힌 코드',
  unfold: '펼치기',
  'Fold line': '줄 접기',
  'Unfold line': '줄 펼치기',
  'Control character': '제어 문자',
};
