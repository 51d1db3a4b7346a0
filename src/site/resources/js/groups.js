// The page of a goal lists its parameters by the alphabet. This puts them into the groups of parameters.html, the required one first.
(function () {
  'use strict';

  var groups = {
    'Registry': 'registry registryInsecure registryCa registryServerId mappings blockedRegistries',
    'Engine': 'engine kubeconfig context minishift home profile crc oc',
    'VM': 'cpus memory diskSize nameservers',
    'VM of a CDK': 'openshiftVersion vmDriver isoUrl timezone routingSuffix publicHostname remoteIpAddress '
      + 'remoteSshUser remoteSshKey skipRegistration registrationServerId startArguments',
    'VM of OpenShift Local': 'bundle bundleSha256 pullSecretFile configureCluster',
    'Proxy': 'useSettingsProxy httpProxy httpsProxy noProxy',
    'ImageStreams and images': 'namespaces includes excludes additionalImages imagesSource dryRun importParallelism failOn '
      + 'ignoredFailures',
    'Proof of where images came from': 'allowedImages verifyBlocked verifyPull',
    'What is left out, what happens when': 'skip skipPreflight skipImageStreams skipVerify skipStop ifRunning onFailure keepRunning '
      + 'failOnStopError collectEvidence',
    'Time': 'startTimeout importTimeout verifyTimeout stopTimeout registryTimeout',
    'Output': 'reportDirectory shell'
  };

  function group(table) {
    var rows = {};
    table.querySelectorAll('td:first-child > a[href^="#"]').forEach(function (link) {
      rows[link.hash.slice(1)] = link.closest('tr');
    });
    var body = table.tBodies[0];
    Object.keys(groups).forEach(function (title) {
      var here = groups[title].split(' ').filter(function (name) { return rows[name]; });
      if (here.length) {
        var heading = body.insertRow();
        heading.className = 'group';
        heading.appendChild(document.createElement('th')).textContent = title;
        heading.firstChild.colSpan = table.rows[0].cells.length;
        here.forEach(function (name) { body.appendChild(rows[name]); });
      }
    });
  }

  document.querySelectorAll('main table').forEach(function (table) {
    var required = table.querySelector('td:first-child > a[href="#registry"]');
    group(table);
    // cdk:status does without.
    if (required && !location.pathname.endsWith('/status-mojo.html')) {
      var mark = document.createElement('strong');
      mark.textContent = 'required';
      required.after(' ', mark);
      table.previousElementSibling.textContent = 'Parameters';
    }
  });
})();
