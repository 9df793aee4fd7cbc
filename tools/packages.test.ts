import { describe, expect, it } from 'vitest';
import { missingPackage, nodeTooOld } from './packages.mjs';

describe('nodeTooOld', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.21.0'])('takes Node %s', (version) => {
    expect(nodeTooOld(version)).toBeUndefined();
  });

  it.each(['18.20.4', '20.18.3', '16.0.0'])('refuses Node %s, naming it and what is needed', (version) => {
    expect(nodeTooOld(version)).toContain(`Node ${version} is too old`);
    expect(nodeTooOld(version)).toContain('20.19');
  });
});

describe('missingPackage', () => {
  const zod = { version: '4.6.7', integrity: 'sha512-a' };
  const tsx = { version: '4.23.15', integrity: 'sha512-b', dev: true };
  const wanted = {
    packages: {
      '': { version: '0.1.0' },
      server: { version: '0.1.0' },
      'node_modules/zod': zod,
      'node_modules/tsx': tsx,
      'node_modules/@esbuild/win32-x64': { version: '0.28.2', optional: true },
      'node_modules/@stardrift/server': { link: true },
    },
  };

  it('is content with all but the packages of other systems', () => {
    const installed = { packages: { 'node_modules/zod': zod, 'node_modules/tsx': tsx } };
    expect(missingPackage(wanted, installed)).toBeUndefined();
  });

  it('asks for packages for development, but not in production', () => {
    const installed = { packages: { 'node_modules/zod': zod } };
    expect(missingPackage(wanted, installed)).toBe('node_modules/tsx');
    expect(missingPackage(wanted, installed, { production: true })).toBeUndefined();
  });

  it.each([
    ['another version', { ...zod, version: '4.0.0' }],
    ['other contents', { ...zod, integrity: 'sha512-c' }],
  ])('finds %s', (_what, installedZod) => {
    const installed = { packages: { 'node_modules/zod': installedZod, 'node_modules/tsx': tsx } };
    expect(missingPackage(wanted, installed)).toBe('node_modules/zod');
  });

  it('takes any contents where the lockfile names none', () => {
    const loose = { packages: { 'node_modules/zod': { version: '4.6.7' } } };
    expect(missingPackage(loose, { packages: { 'node_modules/zod': zod } })).toBeUndefined();
  });

  it('finds everything missing where nothing is installed', () => {
    expect(missingPackage(wanted, {})).toBe('node_modules/zod');
  });
});
