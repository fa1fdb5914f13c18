#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
#define THING_V1_ONE 1
// refused: include-guard at 5:1
