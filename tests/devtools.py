# SPDX-License-Identifier: MIT
"""A headless Chromium, driven by the Chrome DevTools Protocol through a pair
of pipes: messages are JSON, each ended by a NUL."""
import json
import os
import subprocess


class Chromium:
    def __init__(self, program, folder):
        out, self._to = os.pipe()
        self._from, back = os.pipe()
        # --remote-debugging-pipe reads descriptor 3 and writes descriptor 4.
        self._run = subprocess.Popen(
            ['sh', '-c', f'exec "$@" 3<&{out} 4>&{back}', 'sh', program,
             '--headless', '--no-sandbox', '--disable-gpu',
             '--hide-scrollbars', '--remote-debugging-pipe',
             f'--user-data-dir={folder}/profile'],
            pass_fds=(out, back), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(out)
        os.close(back)
        self._rest = b''
        self._asked = 0
        self._events = []
        self._session = {}
        target = self.ask('Target.createTarget', url='about:blank')
        session = self.ask('Target.attachToTarget', flatten=True,
                           targetId=target['targetId'])
        self._session = {'sessionId': session['sessionId']}
        for domain in ('Page', 'Runtime', 'Log'):
            self.ask(f'{domain}.enable')

    def _read(self):
        while b'\0' not in self._rest:
            got = os.read(self._from, 1 << 20)
            if not got:
                raise EOFError('the browser has ended')
            self._rest += got
        message, self._rest = self._rest.split(b'\0', 1)
        return json.loads(message)

    def ask(self, method, **params):
        """Its result; what happens meanwhile is kept."""
        self._asked += 1
        message = {'id': self._asked, 'method': method, 'params': params}
        data = json.dumps({**message, **self._session}).encode() + b'\0'
        while data:
            data = data[os.write(self._to, data):]
        while True:
            answer = self._read()
            if answer.get('id') == self._asked:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]}')
                return answer['result']
            self._events.append(answer)

    def open(self, path):
        """Shows the file at *path*, until it is loaded."""
        self._events = []
        self.ask('Page.navigate', url=f'file://{path}')
        while not any(event.get('method') == 'Page.loadEventFired'
                      for event in self._events):
            self._events.append(self._read())

    def show(self, width, dark):
        """The window's width in CSS pixels, and the colours asked for."""
        self.ask('Emulation.setDeviceMetricsOverride', width=width,
                 height=800, deviceScaleFactor=1, mobile=width < 500)
        scheme = {'name': 'prefers-color-scheme',
                  'value': 'dark' if dark else 'light'}
        self.ask('Emulation.setEmulatedMedia', features=[scheme])

    def run(self, script):
        """What *script*, or the promise that it gives, comes to."""
        got = self.ask('Runtime.evaluate', expression=script,
                       awaitPromise=True, returnByValue=True,
                       userGesture=True)
        if 'exceptionDetails' in got:
            raise RuntimeError(json.dumps(got['exceptionDetails'])[:600])
        return got['result'].get('value')

    def complaints(self):
        """What the page has said to the console, and what failed in it."""
        said = ('Runtime.exceptionThrown', 'Runtime.consoleAPICalled',
                'Log.entryAdded')
        return [json.dumps(event['params'])[:300] for event in self._events
                if event.get('method') in said]

    def close(self):
        self._session = {}
        try:
            self.ask('Browser.close')
        except EOFError:
            pass
        self._run.wait(timeout=20)
        os.close(self._to)
        os.close(self._from)
