io.github.cdkmaven.world.InvokedCluster.prepare(basedir, context, '4.19.0').withOwnRegistry('ubi8/openjdk-17-runtime:latest')
true
